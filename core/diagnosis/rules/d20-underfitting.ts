import { chanceOf, twoStandardErrors } from '../readings/chance.ts'
import { readFit } from '../readings/fit.ts'
import { readPlateau } from '../readings/plateau.ts'
import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import { showPercent } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notEnoughData } from '../verdicts.ts'
import { judgeMetric } from './d18-still-improving.ts'

const GAP = 0.02
const OF_TARGET = 0.9
const WITHOUT_TARGET = 0.95
/** Share of the way from guessing to perfect: below it no noise in the labels is a likely excuse. */
const POOR = 0.4
/** The loss may still creep: by so much of itself over a whole run. */
const SLIGHT = 0.2

export const underfitting: Rule = {
  id: 'D20',
  code: RULE_NAMES.D20,
  title: 'Underfitting',
  severities: ['warning', 'info'],
  citation: 'EECS 498-007 lecture 11: almost no gap between training and validation means underfitting',
  supervised: true,
  consequenceOf: ['D02', 'D05', 'D06', 'D07', 'D08', 'D09', 'D10', 'D12', 'D14', 'D17', 'D24'],
  judge(run) {
    const fit = readFit(run)
    if (fit === null) return notEnoughData('log the accuracy on training and on validation examples, `train/accuracy` and `val/accuracy`')
    const rest = readPlateau(run, SLIGHT)
    if (rest === null) return notEnoughData('the training loss as `train/loss`, for longer')
    const { train, val } = fit
    // Dropout and augmentation lower the training accuracy where it is measured with them: the validation's then says what was learned.
    const learned = fit.sameMode ? train.accuracy : Math.max(train.accuracy, val.accuracy)
    const gap = train.accuracy - val.accuracy
    const most = Math.max(GAP, twoStandardErrors(val.accuracy, run.validationExamples))
    const { targetAccuracy } = run.facts
    const enough = targetAccuracy === undefined ? WITHOUT_TARGET : OF_TARGET * targetAccuracy
    if (learned >= enough) return clear(`The training accuracy is ${showPercent(learned)}.`)
    if (gap > most) return clear(`Training is ${showPercent(gap)} better than validation: there is capacity left.`)
    if (rest === 'moving') return clear('The training loss still falls.')
    if (judgeMetric(val.series, 'accuracy').state === 'fired') return clear(`${val.series.name} still rises.`)
    const chance = chanceOf(run.facts)?.accuracy ?? 0
    const skill = (learned - chance) / (1 - chance)
    // A run that goes on may have more in it than its last steps show: a late start, a rate that is still to fall.
    const over = run.facts.state !== 'running'
    return fired(skill < POOR && over ? 'warning' : 'info', [rest.fromStep, run.lastStep], {
      confidence: confidenceBetween(enough - learned, 0, 0.5, 0.5),
      says: `The accuracy has come to rest at ${showPercent(train.accuracy)} on training and ${showPercent(val.accuracy)} on validation examples: what is not learned is not learned on either.`,
      fixes: ['Use a larger model.', 'Regularize less: weight decay, dropout, augmentation.', 'Train longer, with another learning rate.'],
      evidence: [
        evidence(train.series, [rest.fromStep, train.series.curve.lastStep], { accuracy: train.accuracy, gap }, { accuracy: enough, gap: most }),
        evidence(val.series, [rest.fromStep, val.series.curve.lastStep], { accuracy: val.accuracy }),
      ],
    })
  },
}
