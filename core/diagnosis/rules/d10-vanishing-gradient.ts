import { gradientProfile } from '../readings/gradient-profile.ts'
import { lossProgress } from '../readings/loss-progress.ts'
import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { show, showPercent } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notEnoughData } from '../verdicts.ts'

/** Norm at the first kernel over that at the last. Healthy networks have 0.5 to 2. */
const VANISHED = 1e-2
const STEPS = 100
/** What is left of the loss. */
const STUCK = 0.9
/** Layers below this share of the last belong to the part that gets no gradient. */
const STARVED = 1e-1
/** Share of dead units, from the first look on, that nothing passes. */
const DEAD = 0.9

export const vanishingGradient: Rule = {
  id: 'D10',
  code: RULE_NAMES.D10,
  title: 'Vanishing gradient',
  severities: ['warning'],
  citation: 'AutoTrainer (ICSE 2021) and SageMaker Debugger VanishingGradient, as a ratio between layers',
  consequenceOf: ['D04', 'D06', 'D08', 'D09', 'D13'],
  judge(run) {
    const profile = gradientProfile(run)
    if (profile === null) return notEnoughData('log the gradient norm of each layer, `gradient-norm/<layer>`')
    const progress = lossProgress(run)
    if (progress === null) return notEnoughData('log the training loss as `train/loss`')
    if (run.span < STEPS) return notEnoughData(`at least ${STEPS} steps`)
    const { ratio, layers, ordered, fromStep, toStep } = profile
    if (!(ratio < VANISHED)) return clear(`The gradient at the first layer is ${show(ratio)} times that at the last.`)
    if (!(progress.left > STUCK))
      return clear(`The gradient at the first layer is small (${show(ratio)} of the last), but the loss came down to ${showPercent(progress.left)}.`)
    if (progress.broken) return clear('The loss is no number any more, which is another matter.')
    if (run.layers('dead-fraction').some(({ curve }) => curve.n > 0 && curve.value[0]! >= DEAD))
      return clear('No gradient passes the layers whose units are dead, which is another matter.')
    const last = layers[layers.length - 1]!
    const starved = layers.filter(({ norm }) => norm < STARVED * last.norm)
    return fired('warning', [fromStep, run.lastStep], {
      confidence: confidenceBetween(-Math.log10(Math.max(ratio, 1e-12)), -Math.log10(VANISHED), 4, 0.7),
      subjects: starved.map(({ layer }) => layer),
      says: `${ordered ? `Of the gradient at ${last.layer} only ${showPercent(ratio)} reaches ${layers[0]!.layer}: the first layers do not learn` : `The gradient at ${layers[0]!.layer} is only ${showPercent(ratio)} of that at ${last.layer}: layers like it do not learn`}, and ${progress.series.name} is at ${showPercent(progress.left)} of where it began.`,
      fixes: [
        'Use ReLU in place of sigmoid or tanh, with He initialisation.',
        'Add residual connections or batch norm, or take layers out.',
        'Check the scale of the first weights: too small ones shrink the gradient at every layer.',
      ],
      evidence: [layers[0]!, last].map(({ series, norm }) =>
        evidence(series, [fromStep, toStep], { 'gradient norm': norm, 'first over last': ratio }, { 'first over last': VANISHED }),
      ),
    })
  },
}
