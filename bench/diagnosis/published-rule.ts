import type { RuleId } from '../../core/diagnosis/rule-names.ts'
import type { LoggedSeries, RunLog } from '../../test/diagnosis/generator/memory-run.ts'

/** A rule of another tool at its defaults, as far as what is logged allows. */
export interface PublishedRule {
  tool: string
  name: string
  /** The diagnoses it aims at. */
  aims: readonly RuleId[]
  fires(run: RunLog): boolean
}

const NONE: LoggedSeries = { step: [], value: [], wall: [] }

/** The first of these series that was logged. */
export function series({ series: all }: RunLog, ...names: string[]): LoggedSeries {
  return names.map((name) => all[name]).find((one) => one !== undefined) ?? NONE
}

/** Layers that have such a series, in the order they were logged in: from the input on. */
export function layers({ series: all }: RunLog, prefix: string): { layer: string; values: number[] }[] {
  return Object.entries(all).flatMap(([name, { value }]) =>
    name.startsWith(`${prefix}/`) && name !== `${prefix}/global` ? [{ layer: name.slice(prefix.length + 1), values: value }] : [],
  )
}

export const trainLoss = (run: RunLog) => series(run, 'train/loss', 'loss').value
export const trainAccuracy = (run: RunLog) => series(run, 'train-eval/accuracy', 'train/accuracy', 'accuracy').value
export const valAccuracy = (run: RunLog) => series(run, 'val/accuracy', 'val_accuracy').value

/** The training loss at each evaluation: as evaluated where that was logged, else the last one before it. */
export function lossesAtEvaluations(run: RunLog): { train: number; val: number }[] {
  const val = series(run, 'val/loss', 'val_loss')
  const train = series(run, 'train-eval/loss', 'train/loss', 'loss')
  let at = -1
  return val.step.map((step, index) => {
    while (at + 1 < train.step.length && (train.step[at + 1] as number) <= step) at++
    return { train: train.value[Math.max(0, at)] ?? Number.NaN, val: val.value[index] as number }
  })
}

/** Elements of each layer's kernel, from the table of layers. */
export function kernelSizes({ records }: RunLog): Map<string, number> {
  const table = records.find(({ kind }) => kind === 'model')?.payload as { layers?: { name: string; weights?: { shape: number[] }[] }[] } | undefined
  return new Map(
    (table?.layers ?? []).map(({ name, weights = [] }) => [
      name,
      Math.max(0, ...weights.filter(({ shape }) => shape.length >= 2).map(({ shape }) => shape.reduce((size, n) => size * n, 1))),
    ]),
  )
}
