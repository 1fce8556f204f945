import { nameLayers } from '../layers-in-order.ts'
import { HIGH, HIGH_SAMPLES, type LayerRatios, lastingAbove, layerRatios, middle, rateFactor } from '../readings/layer-ratios.ts'
import { type LossProgress, lossProgress } from '../readings/loss-progress.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RunView } from '../run-view.ts'
import { show, showPercent } from '../show-number.ts'
import { clear, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** High enough to look whether it does harm. */
const RAISED = 3e-2
/** In the first steps: one such update replaces a third of the weights. */
const FIRST = 3e-1
const FIRST_STEPS = 20
/** What happens before is the beginning's own, unless it was the end. */
const STEPS = 50
/** Such an update replaces the weights altogether. */
const REPLACED = 1
/** What is left of the loss: nothing learned, and hardly anything learned. */
const STUCK = 0.9
const SLOW = 0.5
/** Between the bands: the loss of a language model, say, never comes far down, and its ratios are high by nature. */
const HARDLY = 0.75
/** Times its best level: what was learned is lost again. */
const RISEN = 1.5
const DEAD = 0.9
const ALIVE = 0.5
/** Times the first loss, shortly after. */
const JUMP = 2
/** Share of their first norm. */
const SHRUNK = 0.5

export const learningRateTooHigh: Rule = {
  id: 'D06',
  code: RULE_NAMES.D06,
  title: 'Learning rate too high',
  severities: ['critical', 'warning', 'info'],
  citation: 'CS231n, "ratio of weights:updates"; bands of Lossboard, measured',
  // A loss that breaks in the first steps leaves no later ones to wait for.
  early: true,
  consequenceOf: ['D03', 'D04', 'D13'],
  judge(run) {
    const all = layerRatios(run)
    if (all.length === 0) return notEnoughData('log update ratios, `update-ratio/<layer>`: `watch(model, run)` does')
    const layers = all.filter(({ excluded, embedding }) => excluded === null && !embedding)
    if (run.span < STEPS && !lossProgress(run)?.broken) return notEnoughData(`at least ${STEPS} steps`)
    if (layers.length === 0) return notApplicable('no layer was measured whose ratio tells: biases, embeddings and frozen layers do not')
    // Where nothing is learned, or units that were alive died, smaller steps are large enough to be the reason.
    const shrunk = haveShrunk(run)
    const harm = harmOf(run)
    const least = died(run) || (harm?.total && !shrunk) ? HIGH : FIRST
    const signs = layers.map((layer) => ({ layer, first: firstUpdates(run, layer, least), high: lastingAbove(layer) }))
    const progress = lossProgress(run)
    return (
      (shrunk ? null : lasting(run, signs, harm)) ??
      atFirst(run, signs, harm) ??
      (shrunk ? null : raised(run, layers, progress)) ??
      clear(`Update ratios are at ${show(middle(layers.map(({ typical }) => typical)))} in the middle of the layers.`)
    )
  },
}

interface Sign {
  layer: LayerRatios
  first: { ratio: number; step: number } | null
  high: ReturnType<typeof lastingAbove>
}

interface Harm {
  /** Completes "and …". */
  says: string
  /** Whether nothing is left of the training. */
  total: boolean
}

/** The highest ratio of the first 20 steps. A layer that begins at 0 has no ratio at first, then a huge one: that is its way. */
function firstUpdates(run: RunView, { series }: LayerRatios, least: number): Sign['first'] {
  const { step, value } = series.sketch.ends.first
  if (step[0] === undefined || step[0] > run.firstStep) return null
  let found: Sign['first'] = null
  for (let i = 0; i < step.length && step[i]! <= run.firstStep + FIRST_STEPS; i++)
    if (value[i]! > (found?.ratio ?? least)) found = { ratio: value[i]!, step: step[i]! }
  return found
}

/** What shows that the training suffers. Null: it goes well, as far as can be seen. */
function harmOf(run: RunView): Harm | null {
  const progress = lossProgress(run)
  if (progress?.broken) return { says: 'the loss is no number any more', total: true }
  const dead = run.layers('dead-fraction').filter(({ curve }) => curve.n > 0 && curve.value[curve.n - 1]! >= DEAD)
  if (progress && progress.left > STUCK)
    return { says: `${progress.series.name} is still at ${showPercent(progress.left)} of where it began`, total: true }
  if (dead.length > 0) return { says: `nearly all units of ${nameLayers(dead.map(({ layer }) => layer ?? ''))} are dead`, total: false }
  if (progress && progress.now > RISEN * progress.best && progress.now - progress.best > 0.05 * progress.start)
    return { says: `${progress.series.name} rose again from ${show(progress.best)} to ${show(progress.now)}`, total: false }
  if (progress && progress.left > SLOW)
    return { says: `${progress.series.name} has only come to ${showPercent(progress.left)} of where it began`, total: false }
  return null
}

function lasting(run: RunView, signs: readonly Sign[], harm: Harm | null): Verdict | null {
  const high = signs.filter((one) => one.high !== null).sort((a, b) => b.layer.typical - a.layer.typical)
  const [worst] = high
  if (!worst?.high) return null
  const most = 2 * high.length >= signs.length
  // A single layer may have tiny weights: then only a loss that jumped up says that the rate is to blame.
  const severity = harm && (most || jumped(run)) ? 'critical' : most ? 'warning' : 'info'
  const fromStep = Math.min(...high.map((one) => one.high?.fromStep ?? Number.POSITIVE_INFINITY))
  return fired(severity, [fromStep, Math.max(...high.map((one) => one.high?.toStep ?? 0))], {
    confidence: harm ? 0.95 : 0.75,
    subjects: high.map(({ layer }) => layer.layer),
    says: `Each update changes ${nameLayers(high.map(({ layer }) => layer.layer))} by ${showPercent(worst.layer.typical)} of the weights; about 0.1 % is usual${harm ? `, and ${harm.says}` : ''}.`,
    fixes: fixes(run, worst.layer.typical),
    evidence: high
      .slice(0, 5)
      .map(({ layer, high: stretch }) =>
        evidence(
          layer.series,
          [stretch?.fromStep ?? run.firstStep, stretch?.toStep ?? run.lastStep],
          { 'update ratio': layer.typical, samples: stretch?.samples ?? 0 },
          { 'update ratio': HIGH, samples: HIGH_SAMPLES },
        ),
      ),
  })
}

function atFirst(run: RunView, signs: readonly Sign[], harm: Harm | null): Verdict | null {
  const high = signs.filter(({ first }) => first !== null).sort((a, b) => (b.first?.ratio ?? 0) - (a.first?.ratio ?? 0))
  const [worst] = high
  if (!worst?.first) return null
  const most = 2 * high.length >= signs.length
  if (!most && !(harm?.total && jumped(run))) return null
  const bad = harm !== null || jumped(run) || (most && middle(high.map(({ first }) => first?.ratio ?? 0)) > REPLACED)
  return fired(
    harm?.total ? 'critical' : bad ? 'warning' : 'info',
    [Math.min(...high.map(({ first }) => first?.step ?? run.lastStep)), harm ? run.lastStep : run.firstStep + FIRST_STEPS],
    {
      confidence: harm?.total ? 0.9 : 0.65,
      subjects: high.map(({ layer }) => layer.layer),
      says: `One of the first updates changed ${nameLayers(high.map(({ layer }) => layer.layer))} by ${showPercent(worst.first.ratio)} of the weights${harm ? `, and ${harm.says}` : bad ? ': what the first weights were made for is lost' : '; the training got over it'}.`,
      fixes: fixes(run, worst.first.ratio),
      evidence: high
        .slice(0, 5)
        .map(({ layer, first }) =>
          evidence(
            layer.series,
            [run.firstStep, run.firstStep + FIRST_STEPS],
            { 'update ratio': first?.ratio ?? Number.NaN },
            { 'update ratio': FIRST },
          ),
        ),
    },
  )
}

/** Whether nearly all units of a layer that was alive at first are dead since. */
function died(run: RunView): boolean {
  return run.layers('dead-fraction').some(({ curve }) => curve.n > 1 && curve.value[0]! < ALIVE && curve.value[curve.n - 1]! >= DEAD)
}

/** Whether the loss was far above its first values soon after the beginning, or broke, or units died. */
function jumped(run: RunView): boolean {
  if (died(run)) return true
  const progress = lossProgress(run)
  if (progress === null) return false
  return progress.broken || progress.series.sketch.ends.first.value.some((value) => value > JUMP * progress.start || !Number.isFinite(value))
}

/** Weights that decay has shrunk move far by ratio, however small the rate. */
function haveShrunk(run: RunView): boolean {
  const norm = run.series('weight-norm')?.curve
  if (!norm || norm.n < 2) return false
  return norm.value[norm.n - 1]! < SHRUNK * norm.value[0]!
}

/** Between the bands only the loss can tell: high ratios and a training that gets nowhere. */
function raised(run: RunView, layers: readonly LayerRatios[], progress: LossProgress | null): Verdict | null {
  const typical = middle(layers.map((one) => one.typical))
  if (!(typical > RAISED) || progress === null || progress.left <= HARDLY) return null
  const high = layers.filter((one) => one.typical > RAISED).sort((a, b) => b.typical - a.typical)
  const [worst] = high as [LayerRatios]
  return fired('warning', [worst.series.curve.firstSteps[worst.from] ?? run.firstStep, run.lastStep], {
    confidence: 0.6,
    subjects: high.map(({ layer }) => layer),
    says: `Each update changes the weights by ${showPercent(typical)}, where about 0.1 % is usual, and ${progress.series.name} has only come to ${showPercent(progress.left)} of where it began.`,
    fixes: fixes(run, typical),
    evidence: high
      .slice(0, 5)
      .map(({ series, from, to, typical: ratio }) =>
        evidence(
          series,
          [series.curve.firstSteps[from] ?? run.firstStep, series.curve.lastSteps[to - 1] ?? run.lastStep],
          { 'update ratio': ratio },
          { 'update ratio': RAISED },
        ),
      ),
  })
}

function fixes(run: RunView, ratio: number): string[] {
  const factor = rateFactor(ratio)
  const { peak, known } = run.schedule
  return [
    `Multiply the learning rate by ${show(factor)}${known && peak > 0 ? `: about ${show(peak * factor)}` : ''}.`,
    'Warm the learning rate up over the first hundred steps or more.',
    'Clip the norm of the gradient, if single batches do it.',
  ]
}
