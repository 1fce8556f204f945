import { chanceOf } from '../readings/chance.ts'
import type { Rule } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { clear, confidenceBetween, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** Times the loss of guessing, and above it: a standard last layer adds up to 1 whatever the number of classes, which is much beside ln 2. */
const HIGH = { times: 2, above: 1.5 }
const NOTE = { times: 1.45, above: 0.75 }
const LOW = 0.5
/** A first accuracy up to this share of the way from chance to perfect is one of guessing. */
const GUESSING = 0.3

export const initialLoss: Rule = {
  id: 'D03',
  code: RULE_NAMES.D03,
  title: 'First loss is not that of an untrained network',
  severities: ['warning', 'info'],
  citation: 'CS231n, "look for correct loss at chance performance": −ln(1/C) for softmax',
  early: true,
  consequenceOf: ['D04'],
  judge(run) {
    if (run.facts.pretrained) return notApplicable('it started from trained weights')
    const chance = chanceOf(run.facts)
    if (chance === null)
      return run.facts.loss === undefined || run.facts.classes === undefined
        ? notEnoughData('say how many classes there are, as a setting `num_classes` or a fact `classes`')
        : notApplicable(`an untrained network has no known ${run.facts.loss}`)
    const first = firstLoss(run)
    if (first === null) return notEnoughData('log the loss of the first batch, before any update')
    const expected = chance.losses[0]!
    const ratio = first.loss / expected
    // Where classes are unequal, a network that only knows their shares is no better than untrained.
    if (!exceeds(first.loss, expected, NOTE) && first.loss >= LOW * Math.min(...chance.losses))
      return clear(`The first loss, ${show(first.loss)}, is about that of guessing, ${show(expected)}.`)
    const high = ratio > 1
    const accuracy = firstAccuracy(run)
    const guesses = accuracy !== null && accuracy <= chance.accuracy + GUESSING * (1 - chance.accuracy)
    const warn = high ? exceeds(first.loss, expected, HIGH) : guesses
    return fired(warn ? 'warning' : 'info', [first.step, first.step], {
      confidence: high ? confidenceBetween(ratio, NOTE.times, 4) : guesses ? 0.8 : 0.5,
      says: `The first loss is ${show(first.loss)}, ${show(ratio)} times the ${show(expected)} of guessing between ${chance.classes} classes${
        high || guesses ? '' : ': the network already knows something, or the loss is scaled'
      }.`,
      fixes: high
        ? [
            'Make the weights of the last layer smaller at the start.',
            'Standardise the inputs.',
            'Check that the loss is a mean, not a sum, and the labels are encoded as it wants them.',
          ]
        : ['If the weights are not from an earlier training: check for labels among the inputs.', 'Check what the loss is averaged over.'],
      evidence: [
        evidence(
          first.series ?? { name: 'initial loss' },
          [first.step, first.step],
          { 'first loss': first.loss, expected, ratio },
          { ratio: high ? HIGH.times : LOW },
        ),
      ],
    })
  },
}

function exceeds(loss: number, expected: number, { times, above }: typeof HIGH): boolean {
  return loss > times * expected && loss > expected + above
}

interface First {
  loss: number
  step: number
  series: RoleSeries | null
}

/** The loss of one batch before the second update; a mean over many steps, or over an epoch, is none. */
function firstLoss(run: RunView): First | null {
  const series = run.series('data-loss', 'train-loss')
  const said = run.facts.initialLoss
  if (said !== undefined && Number.isFinite(said)) return { loss: said, step: run.firstStep, series }
  if (series === null || run.perEpoch) return null
  const { step, value } = series.sketch.ends.first
  if (step.length < 3 || step[0]! < 0 || step[0]! > 1 || step[1]! - step[0]! > 1 || !Number.isFinite(value[0])) return null
  return { loss: value[0]!, step: step[0]!, series }
}

function firstAccuracy(run: RunView): number | null {
  const series = run.series('train-accuracy', 'val-accuracy')
  if (series === null || run.perEpoch || series.curve.firstStep > run.firstStep + 20) return null
  return series.curve.value[0] ?? null
}
