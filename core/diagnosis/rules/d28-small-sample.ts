import { chanceOf } from '../readings/chance.ts'
import { lastMean } from '../readings/fit.ts'
import { lossStart } from '../readings/loss-start.ts'
import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { show, showPercent } from '../show-number.ts'
import { clear, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** So few examples are a check, not a training. */
const EXAMPLES = 64
const STEPS = 1000
/** A run that ended earlier is judged by what it has, where that is far from learned. */
const ENDED = 200
const FAR = { accuracy: 0.9, share: 0.2 }
const LEARNED = { accuracy: 0.99, share: 0.01 }

export const smallSample: Rule = {
  id: 'D28',
  code: RULE_NAMES.D28,
  title: 'Small sample not learned',
  severities: ['critical'],
  citation: 'CS231n, "overfit a tiny subset of data" with about 20 examples',
  consequenceOf: ['D02', 'D03', 'D04', 'D05', 'D06', 'D07', 'D08', 'D09', 'D10', 'D11', 'D12', 'D13', 'D24'],
  judge(run) {
    const { trainExamples, smallSample } = run.facts
    if (smallSample !== true && !(trainExamples !== undefined && trainExamples <= EXAMPLES))
      return notApplicable(`no run on a small sample: that has at most ${EXAMPLES} training examples`)
    const series = run.trainLoss
    if (series === null) return notEnoughData('log the training loss as `train/loss`')
    const scale = chanceOf(run.facts)?.losses[0] ?? lossStart(series)
    const loss = lastMean(series)
    const measured = run.series('train-eval-accuracy', 'train-epoch-accuracy', 'train-accuracy')
    const accuracy = measured ? lastMean(measured) : null
    if ((accuracy !== null && accuracy >= LEARNED.accuracy) || loss < LEARNED.share * scale) return clear('The small sample was learned.')
    const steps = series.curve.span + 1
    const far = loss > FAR.share * scale && (accuracy === null || accuracy < FAR.accuracy)
    if (steps < STEPS && !(run.facts.state === 'ended' && steps >= ENDED && far))
      return notEnoughData(`${STEPS} steps, by which a small sample should be learned`)
    const step = Math.min(series.curve.firstStep + STEPS, Math.round(series.curve.firstStep + steps / 2))
    return fired('critical', [step, series.curve.lastStep], {
      confidence: 0.9,
      says: `After ${show(series.curve.span + 1)} steps on a few examples the loss is ${show(loss)}${accuracy === null ? '' : ` and the accuracy ${showPercent(accuracy)}`}: a network that works learns them by heart.`,
      fixes: [
        'Switch all regularization and augmentation off for this check.',
        'Loss not falling: another learning rate, and look at the initialization.',
        'Look for a fault in the code: labels shuffled apart from inputs, a frozen layer, a wrong loss.',
      ],
      evidence: [
        evidence(series, [step, series.curve.lastStep], { loss }, { loss: LEARNED.share * scale }),
        ...(measured && accuracy !== null ? [evidence(measured, [step, measured.curve.lastStep], { accuracy }, { accuracy: LEARNED.accuracy })] : []),
      ],
    })
  },
}
