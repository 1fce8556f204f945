import { lossProgress } from '../readings/loss-progress.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { sustained } from '../sustained.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** Excess of the loss in inference mode: the larger of a fixed size and a share of the loss in training mode. */
const EXCESS = 0.5
/** Where the first loss is small, so is what counts as an excess: this share of it. */
const OF_START = 0.22
const SHARE = 0.5
const IN_A_ROW = 2
/** Running statistics need their time at first. */
const SETTLED = 200

export const trainInferenceMismatch: Rule = {
  id: 'D21',
  code: RULE_NAMES.D21,
  title: 'Training and inference mode differ',
  severities: ['critical', 'warning'],
  citation: 'facebookresearch/schedule_free issue 60; measured on AlgoPerf',
  consequenceOf: [],
  judge(run) {
    const training = run.series('same-batch-train-loss')
    const inference = run.series('same-batch-inference-loss')
    if (training && inference) return compare(run, training, inference, true)
    const evaluated = run.series('train-eval-loss')
    const loss = run.series('train-loss', 'train-epoch-loss')
    if (evaluated && loss) return compare(run, loss, evaluated, false)
    return notEnoughData(
      'log the loss of one training batch in both modes, `same-batch/training-mode-loss` and `same-batch/inference-mode-loss`, or `train-eval/loss`',
    )
  },
}

interface Pair {
  step: number
  training: number
  inference: number
  limit: number
}

function compare(run: RunView, training: RoleSeries, inference: RoleSeries, sameBatch: boolean): Verdict {
  const start = lossProgress(run)?.start ?? null
  if (start === null) return notApplicable('the loss goes below 0: how large a difference is cannot be told')
  const fixed = Math.min(EXCESS, OF_START * start)
  const settled = run.perEpoch ? run.firstStep : run.firstStep + Math.min(SETTLED, run.span / 2)
  const pairs = inference.curve.value.length === 0 ? [] : pairsOf(training, inference, sameBatch).filter(({ step }) => step >= settled)
  for (const pair of pairs) pair.limit = Math.max(fixed, SHARE * pair.training)
  if (pairs.length < IN_A_ROW) return notEnoughData(`${IN_A_ROW} comparisons of both modes after step ${settled}`)
  const excess = ({ training: a, inference: b }: Pair): number => b - a
  const stretch = sustained(pairs.length, (i) => excess(pairs[i]!) > pairs[i]!.limit, IN_A_ROW, 2).at(-1)
  const last = pairs[pairs.length - 1]!
  if (!stretch?.open) return clear(`The loss is ${show(last.training)} in training mode and ${show(last.inference)} in inference mode.`)
  const worst = pairs.slice(stretch.from, stretch.to + 1)
  const middle = [...worst].sort((a, b) => excess(a) - excess(b))[worst.length >> 1]!
  const from = pairs[stretch.from]!.step
  return fired(sameBatch ? 'critical' : 'warning', [from, run.lastStep], {
    confidence: sameBatch ? confidenceBetween(excess(middle) / middle.limit, 1, 3, 0.8) : confidenceBetween(excess(middle) / middle.limit, 1, 3, 0.6),
    says: `${sameBatch ? 'On the same batch with the same weights' : 'On training examples'} the loss is ${show(middle.training)} in training mode, but ${show(middle.inference)} in inference mode.`,
    fixes: [
      'Check the running statistics of batch norm: that they are updated, and not too slowly (lower the momentum, or run some batches through).',
      'Check that both modes see the inputs through the same preprocessing.',
      'Check that averaged weights (EMA, Schedule-Free) have statistics of their own.',
    ],
    evidence: [
      evidence(
        inference,
        [from, inference.curve.lastStep],
        { 'loss in inference mode': middle.inference, excess: excess(middle) },
        { excess: middle.limit },
      ),
      evidence(training, [from, training.curve.lastStep], { 'loss in training mode': middle.training }),
    ],
  })
}

/** Both losses at each evaluation. The loss of single training batches is taken as the mean of the bins around it. */
function pairsOf(training: RoleSeries, inference: RoleSeries, sameBatch: boolean): Pair[] {
  const { curve } = training
  return Array.from(inference.curve.step, (step, i) => {
    const at = Math.min(curve.n - 1, curve.indexAt(step))
    const reach = sameBatch ? 0 : Math.max(1, Math.min(8, curve.n >> 4))
    let sum = 0
    let count = 0
    for (let k = Math.max(0, at - reach); k <= Math.min(curve.n - 1, at + reach); k++) {
      sum += curve.mean[k]!
      count++
    }
    return { step, training: sum / count, inference: inference.curve.value[i]!, limit: 0 }
  })
}
