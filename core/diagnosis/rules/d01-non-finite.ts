import { layersInOrder, nameLayers } from '../layers-in-order.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { clear, evidence, fired, notEnoughData } from '../verdicts.ts'

/** A series that is NaN so often, on and off, was not measured there: a row of a table that was filled up with NaN. */
const NOT_MEASURED = { share: 0.3, runs: 3 }
/** Mixed precision skips a step now and then because its gradient overflowed, up to a dozen in a row at the start: that is its way. */
const SKIPPED = { share: 0.05, points: 20 }
const ZEROS = 3
/** A loss that reaches 0 by learning is small before. */
const SMALL = 0.05

export const nonFinite: Rule = {
  id: 'D01',
  code: RULE_NAMES.D01,
  title: 'Not a number',
  severities: ['critical', 'warning'],
  citation: 'Keras TerminateOnNaN; Lightning EarlyStopping check_finite; Hugging Face Trainer logging_nan_inf_filter',
  early: true,
  consequenceOf: ['D02', 'D03', 'D04', 'D06', 'D11'],
  judge(run) {
    const losses = [run.series('train-loss'), run.series('train-epoch-loss'), run.series('train-eval-loss'), run.valLoss].filter(
      (one) => one !== null,
    )
    const norm = run.series('gradient-norm')
    if (losses.length === 0 && norm === null) return notEnoughData('log the training loss as `train/loss`')
    const lasting = losses.filter(({ sketch }) => sketch.nonFinite.open !== null && !isGaps(sketch))
    const gradient = norm && isLasting(norm) ? norm : null
    if (lasting.length > 0) return describe(run, earliest(gradient ? [...lasting, gradient] : lasting), true)
    const zero = turnedToZero(run)
    if (zero) return zero
    if (gradient) return describe(run, gradient, true)
    const passed = losses.filter(({ sketch }) => sketch.nonFinite.points > 0 && !isGaps(sketch))
    if (passed.length > 0) return describe(run, earliest(passed), false)
    return clear('Losses and gradient norms are finite.')
  },
}

function isGaps({ nonFinite, points }: RoleSeries['sketch']): boolean {
  return nonFinite.runs >= NOT_MEASURED.runs && !nonFinite.kept.some(({ infinite }) => infinite) && nonFinite.points > NOT_MEASURED.share * points
}

function isLasting({ sketch: { nonFinite, points } }: RoleSeries): boolean {
  if (nonFinite.open !== null && nonFinite.open.points >= 3 && points > 0)
    return nonFinite.open.points >= SKIPPED.points || nonFinite.runs > 1 || points > SKIPPED.points
  return nonFinite.points >= SKIPPED.points && nonFinite.points > SKIPPED.share * points
}

function earliest(series: readonly RoleSeries[]): RoleSeries {
  const begin = ({ sketch: { nonFinite } }: RoleSeries) => (nonFinite.open ?? nonFinite.kept[0]!).fromStep
  return [...series].sort((a, b) => begin(a) - begin(b))[0]!
}

function describe(run: RunView, series: RoleSeries, lasting: boolean): Verdict {
  const { name, sketch } = series
  const { nonFinite, points } = sketch
  const first = (lasting ? nonFinite.open : null) ?? nonFinite.kept[0]!
  const last = nonFinite.open ?? nonFinite.kept[nonFinite.kept.length - 1]!
  const what = first.infinite ? 'infinite' : 'NaN'
  const layers = firstLayers(run, first.fromStep)
  const where = whereFirst(run, layers)
  return fired(lasting ? 'critical' : 'warning', [first.fromStep, last.toStep], {
    confidence: lasting ? 1 : 0.8,
    subjects: layers,
    says: lasting
      ? `${name} is ${what} from step ${first.fromStep} on.${where}`
      : `${name} was ${what} at ${nonFinite.points} of ${nonFinite.points + points} points, first at step ${first.fromStep}, and came back.${where}`,
    fixes: [
      'Lower the learning rate to a tenth, or warm it up.',
      'Clip the norm of the gradient.',
      'Look for log(0), a division by 0 or a broken input at that step.',
    ],
    evidence: [evidence(series, [first.fromStep, last.toStep], { 'points not finite': nonFinite.points }, { 'points not finite': 0 })],
  })
}

function whereFirst(run: RunView, layers: readonly string[]): string {
  if (layers.length === 0) return ''
  if (run.layers('non-finite-weights').length > 0) return ` The first weights that were not finite are those of ${nameLayers(layers)}.`
  if (run.layers('non-finite-gradients').length > 0) return ' All weights were still finite then: it came out of the forward pass or the loss.'
  return ` The first layer it shows in is ${layers[0]}.`
}

/**
 * Layers of which something was not finite no later than the loss, the earliest first. Where the trainer looked for the first tensors,
 * they are known; a gradient that is NaN everywhere names no layer better than another.
 */
function firstLayers(run: RunView, step: number): string[] {
  const located = [run.layers('non-finite-weights'), run.layers('non-finite-gradients')].find((series) => series.length > 0)
  if (located) return layersInOrder(run, located).flatMap(({ layer }) => layer ?? [])
  const found = (['activation-mean', 'layer-gradient-norm', 'update-ratio'] as const).flatMap((role) =>
    run.layers(role).flatMap(({ layer, sketch }) => {
      const first = sketch.nonFinite.kept[0]
      return first && first.fromStep <= step + 20 && layer !== null ? [{ layer, step: first.fromStep }] : []
    }),
  )
  return [...new Set(found.sort((a, b) => a.step - b.step).map(({ layer }) => layer))].slice(0, 5)
}

/** Hugging Face's trainer logs 0 in place of a NaN: a loss that drops from its level to exactly 0 and stays there. */
function turnedToZero(run: RunView): Verdict | null {
  const series = run.series('train-loss')
  if (!series) return null
  const { step, value } = series.sketch.ends.last
  let from = value.length
  while (from > 0 && value[from - 1] === 0) from--
  if (value.length - from < ZEROS || !(series.curve.max[0]! > 0)) return null
  const curve = series.curve
  // The zeros may go back further than the last points that are kept.
  let bin = curve.n
  while (bin > 0 && curve.max[bin - 1] === 0 && curve.min[bin - 1] === 0) bin--
  const before = from > 0 ? value[from - 1]! : bin > 0 ? curve.value[bin - 1]! : 0
  if (!(before > SMALL * curve.max[0]!)) return null
  const firstStep = from > 0 ? step[from]! : (curve.firstSteps[bin] ?? step[0]!)
  return fired('critical', [firstStep, run.lastStep], {
    confidence: 0.9,
    says: `${series.name} jumps from ${show(before)} to exactly 0 at step ${firstStep} and stays there: some trainers log 0 where the loss was NaN.`,
    fixes: ['Log the loss without a filter for NaN.', 'Lower the learning rate to a tenth, or warm it up.', 'Clip the norm of the gradient.'],
    evidence: [evidence(series, [firstStep, run.lastStep], { 'loss before': before, loss: 0 })],
  })
}
