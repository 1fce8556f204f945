import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

const OFTEN = 0.5
const STEPS = 200
const POINTS = 20
/** Norms measured after clipping stand at the limit itself, to so many parts. */
const AT_THE_LIMIT = 1e-3

export const clippedTooOften: Rule = {
  id: 'D25',
  code: RULE_NAMES.D25,
  title: 'Clipped too often',
  severities: ['info'],
  citation: 'Tuning Playbook: if more than half of the updates are clipped, lower the learning rate instead',
  consequenceOf: [],
  judge(run) {
    const flags = run.series('clipped')
    if (flags) return byFlags(run, flags)
    const norm = run.series('gradient-norm')
    if (norm === null) return notEnoughData('log whether a step was clipped, `clipped` (1 or 0), or the gradient norm')
    return byNorms(run, norm)
  },
}

const FIXES = [
  'Lower the learning rate, and raise the limit: clipping is meant for rare steps.',
  'Set the limit near the 90th percentile of the gradient norms.',
]

function byFlags(run: RunView, flags: RoleSeries): Verdict {
  const { curve } = flags
  if (curve.points < POINTS) return notEnoughData(`at least ${POINTS} steps with \`clipped\``)
  const from = Math.min(curve.indexAt(curve.lastStep - STEPS), curve.n - 1)
  const share = shareOf(flags, from, curve.n)
  if (!(share > OFTEN)) return clear(`${showPercent(share)} of the last steps were clipped.`)
  // Where it began: back in pieces of a quarter of that window, while more than half of each was clipped.
  const piece = Math.max(1, (curve.n - from) >> 2)
  let first = from
  while (first > 0 && shareOf(flags, Math.max(0, first - piece), first) > OFTEN) first = Math.max(0, first - piece)
  return fired('info', [curve.firstSteps[first]!, run.lastStep], {
    confidence: confidenceBetween(share, OFTEN, 0.9),
    says: `${showPercent(share)} of the last ${Math.round(curve.lastStep - curve.firstSteps[from]!)} steps were clipped: the clipping sets the size of the steps, not the learning rate.`,
    fixes: FIXES,
    evidence: [evidence(flags, [curve.firstSteps[first]!, curve.lastStep], { 'share clipped': share }, { 'share clipped': OFTEN })],
  })
}

function shareOf({ curve }: RoleSeries, from: number, to: number): number {
  let clipped = 0
  let count = 0
  for (let i = from; i < to; i++) {
    clipped += curve.mean[i]! * curve.count[i]!
    count += curve.count[i]!
  }
  return clipped / count
}

/** Without a flag: norms that were measured after clipping have one and the same value whenever they were clipped. */
function byNorms(run: RunView, norm: RoleSeries): Verdict {
  const { step, value } = norm.sketch.ends.last
  const last = Array.from(value)
    .map((one, i) => ({ norm: one, step: step[i]! }))
    .filter((one) => one.norm > 0 && one.norm < Number.POSITIVE_INFINITY)
  if (last.length < POINTS) return notEnoughData('log whether a step was clipped, `clipped` (1 or 0)')
  const limit = last.reduce((most, one) => Math.max(most, one.norm), 0)
  const at = last.filter((one) => one.norm > limit * (1 - AT_THE_LIMIT))
  const share = at.length / last.length
  if (!(share > OFTEN)) return notApplicable('nothing says that gradients are clipped')
  return fired('info', [last[0]!.step, run.lastStep], {
    confidence: confidenceBetween(share, OFTEN, 0.9, 0.5),
    says: `The gradient norm is ${show(limit)} in ${showPercent(share)} of the last ${last.length} measurements: it is clipped there.`,
    fixes: FIXES,
    evidence: [evidence(norm, [last[0]!.step, last[last.length - 1]!.step], { 'share at the limit': share, limit }, { 'share at the limit': OFTEN })],
  })
}
