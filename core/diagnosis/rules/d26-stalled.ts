import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { show } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

const LEAST_MS = 30_000
const TIMES_STEP = 10
/** Longer than anything so far: evaluations and checkpoints take their time too. */
const TIMES_LONGEST = 3

export const stalled: Rule = {
  id: 'D26',
  code: RULE_NAMES.D26,
  title: 'Stalled',
  severities: ['warning'],
  citation: 'SageMaker Debugger StalledTraining',
  early: true,
  consequenceOf: [],
  judge(run) {
    if (run.facts.state === 'ended') return notApplicable('the run has ended')
    const series = run.trainLoss
    const { lastWall, longestGap } = run.pace
    if (run.now === null || series === null || !Number.isFinite(lastWall) || !Number.isFinite(series.sketch.meanGap))
      return notEnoughData('the times at which points were logged, of a run that goes on')
    const silent = run.now - lastWall
    const limit = Math.max(LEAST_MS, TIMES_STEP * series.sketch.meanGap, TIMES_LONGEST * longestGap)
    if (silent <= limit) return clear(`The last point came ${seconds(silent)} ago.`)
    return fired('warning', [run.lastStep, run.lastStep], {
      confidence: confidenceBetween(silent / limit, 1, 5),
      says: `Nothing has been logged for ${seconds(silent)}; a point used to come every ${seconds(series.sketch.meanGap)}.`,
      fixes: ['See whether the process still runs, and what it waits for.', 'Look at the data loader: disk, network, workers that died.'],
      evidence: [evidence(series, [run.lastStep, run.lastStep], { 'silent for seconds': silent / 1000 }, { 'silent for seconds': limit / 1000 })],
    })
  },
}

function seconds(ms: number): string {
  return `${show(ms / 1000)} s`
}
