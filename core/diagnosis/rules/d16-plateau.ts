import { lastMean } from '../readings/fit.ts'
import { FLAT, readPlateau } from '../readings/plateau.ts'
import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { show } from '../show-number.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

/** A network that has nothing left to learn is done, not stuck. */
const DONE = { accuracy: 0.99, share: 0.02 }

export const plateau: Rule = {
  id: 'D16',
  code: RULE_NAMES.D16,
  title: 'Plateau',
  severities: ['info'],
  citation: 'EECS 498-007 lecture 11: progress, then a plateau: the learning rate is too high there',
  supervised: true,
  consequenceOf: ['D02', 'D05', 'D06', 'D14', 'D17', 'D24'],
  judge(run) {
    const found = readPlateau(run)
    if (found === null) return notEnoughData('the training loss as `train/loss`, for longer')
    if (found === 'moving') return clear('The training loss still moves.')
    const { series, fromStep, level, start, t, decaying } = found
    if (decaying) return clear(`${series.name} has come to rest while the learning rate was being lowered.`)
    const accuracy = run.series('train-eval-accuracy', 'train-epoch-accuracy', 'train-accuracy')
    if (accuracy ? lastMean(accuracy) >= DONE.accuracy : Math.abs(level) < DONE.share * Math.abs(start))
      return clear(`${series.name} is as low as it gets.`)
    const { known, last, peak } = run.schedule
    const lowered = known && last < 0.2 * peak
    return fired('info', [fromStep, series.curve.lastStep], {
      confidence: known ? 0.8 : 0.6,
      says: `${series.name} has not changed since step ${fromStep}: it stays at ${show(level)}.`,
      fixes: lowered
        ? ['Stop here: the learning rate is low already.', 'For a lower loss: a larger model, or less regularization.']
        : ['Lower the learning rate to a tenth, or let it follow a cosine.', 'Or stop here.'],
      evidence: [
        evidence(series, [fromStep, series.curve.lastStep], { level, 'first loss': start, 't of the trend': t }, { 't of the trend': FLAT }),
      ],
    })
  },
}
