import { inputStatistics } from '../../../trainer/lab/data/input-statistics.ts'
import { rowsOf } from './look.ts'
import { most } from './most.ts'
import type { Trained } from './trained.ts'
import { equalColumns, unchangedKernels } from './weights.ts'

/**
 * What else is true of a run, by measurement: a net that diverged may be dead as well, and a rule that says so is right. Generous on
 * purpose: it only decides what counts as a false alarm in a run that is ill anyway, never whether a rule has found what it should.
 */
const LABELS: Record<string, (trained: Trained) => boolean> = {
  D01: ({ looks }) => looks.some(({ finite, train }) => !finite || !Number.isFinite(train.loss)),
  D02: ({ looks, first, last }) => last.train.loss > 1.3 * Math.min(...looks.map(({ train }) => train.loss)) && last.train.loss > first.train.loss,
  D03: ({ first, session }) => {
    const ratio = first.train.loss / Math.log(session.dataset.classes.length)
    // Half-way to a warning is worth a word, which is what a rule then says.
    return !(ratio <= 1.25 && ratio >= 0.6)
  },
  D04: ({ session }) => {
    const { mean, std, min, max } = inputStatistics(rowsOf(session, session.dataset.train).inputs, 1)
    if (mean === null || std === null || min === null || max === null) return true
    return std > 10 || std < 0.1 || Math.abs(mean) > 3 * std || Math.max(-min, max) > 50
  },
  D05: (trained) => unchangedKernels(trained).length > 0,
  D08: ({ insides }) => insides.some(({ dead }) => most(dead) >= 0.4),
  D09: ({ insides }) => insides.some(({ saturated }) => most(saturated) >= 0.4),
  D10: ({ insides }) => insides.some(({ kernels }) => (kernels[0]?.gradient ?? 1) < 2e-2 * (kernels.at(-1)?.gradient ?? 1)),
  D11: ({ insides }) => insides.some(({ kernels }) => (kernels[0]?.gradient ?? 1) > 50 * (kernels.at(-1)?.gradient ?? 1)),
  D12: ({ looks, first, last }) => (looks[2]?.train.loss ?? 0) > 0.94 * first.train.loss && last.train.loss < 0.92 * first.train.loss,
  D13: (trained) => equalColumns(trained.session) > 0,
  D14: ({ looks, last }) =>
    last.train.accuracy < last.train.majority + 0.1 && looks.filter(({ train }) => train.accuracy < train.majority + 0.1).length > looks.length / 2,
  D16: ({ looks }) => {
    const late = looks.slice(-5, -1).map(({ train }) => train.loss)
    return !(Math.abs((late[0] ?? 0) - (late.at(-1) ?? 0)) > 0.08 * (late[0] ?? 0))
  },
  D18: ({ looks, last }) => last.val.accuracy > (looks.at(-4)?.val.accuracy ?? 1) + 0.005,
  D19: ({ looks, last }) => last.val.loss > 1.04 * Math.min(...looks.map(({ val }) => val.loss)) + 0.005,
  D20: ({ last }) => last.train.accuracy < 0.8 && last.train.accuracy - last.val.accuracy < 0.05,
  D21: ({ looks }) => looks.filter(({ train, trainModeLoss }) => train.loss - trainModeLoss > Math.max(0.2, 0.3 * trainModeLoss)).length >= 2,
  D22: ({ last }) => last.val.accuracy > last.train.accuracy + 0.04 || (last.train.accuracy > 0.5 && last.val.accuracy < last.val.majority + 0.1),
  D23: ({ last }) => Math.max(...last.train.predicted) > 0.9 || Math.max(...last.val.predicted) > 0.9,
  D27: ({ looks }) => {
    const late = looks.slice(-6, -1).map(({ val }) => val.loss)
    return late.some((loss, index) => index > 0 && loss > 1.05 * (late[index - 1] as number))
  },
}

export function measuredLabels(trained: Trained): string[] {
  return Object.entries(LABELS).flatMap(([id, isTrue]) => (isTrue(trained) ? [id] : []))
}
