import { nameLayers } from '../layers-in-order.ts'
import { layerRatios } from '../readings/layer-ratios.ts'
import type { Rule, Verdict } from '../rule.ts'
import { RULE_NAMES } from '../rule-names.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { show } from '../show-number.ts'
import { clear, evidence, fired, notApplicable, notEnoughData } from '../verdicts.ts'

/** Samples without a change: one in between can be a step that mixed precision skipped. */
const SAMPLES = 3
/** Of all samples: who applies gradients every few steps only measures zeros in between. */
const SHARE = 0.1
const STEPS = 2
/** A gradient this small, or this much smaller than the whole one, is lost to rounding rather than kept from the weights. */
const REAL = 1e-5
const REAL_SHARE = 1e-4

export const noUpdate: Rule = {
  id: 'D05',
  code: RULE_NAMES.D05,
  title: 'No update despite a gradient',
  severities: ['critical'],
  citation: 'TrainCheck (OSDI 2025): a gradient that is not 0 and a step that is not skipped change the parameters',
  early: true,
  consequenceOf: [],
  judge(run) {
    const ratios = layerRatios(run).filter(({ excluded }) => excluded === null || excluded.startsWith('fewer'))
    if (ratios.length === 0) {
      if (run.layers('update-ratio').length > 0) return notApplicable('no layer that is trained was measured')
      return notEnoughData('log update ratios, `update-ratio/<layer>`: `watch(model, run)` does')
    }
    const norms = new Map(run.layers('layer-gradient-norm').map((one) => [one.layer, one]))
    if (norms.size === 0) return notEnoughData('log the gradient norm of each layer, `gradient-norm/<layer>`')
    const still = ratios.flatMap(({ series }) => {
      const norm = norms.get(series.layer)
      const stretch = norm && lastStretch(run, series)
      return stretch && isReal(run, norm, stretch) ? [{ series, norm, stretch }] : []
    })
    const enough = ratios.some(({ series }) => series.curve.points >= SAMPLES)
    if (!enough) return notEnoughData(`at least ${SAMPLES} measured updates`)
    if (still.length === 0) return clear('Every layer with a gradient changes.')
    return describe(run, still, ratios.length)
  },
}

interface Stretch {
  fromStep: number
  toStep: number
  samples: number
}

/** The newest bins in a row without any change, up to the last sample at a rate worth the name. */
function lastStretch(run: RunView, { curve }: RoleSeries): Stretch | null {
  const rate = run.series('learning-rate')?.curve
  const { peak } = run.schedule
  // A schedule that ends at 0 stops everything, and means to.
  const off = (step: number): boolean =>
    Boolean(rate && rate.n > 0 && peak > 0 && rate.value[Math.min(rate.n - 1, rate.indexAt(step))]! < 1e-3 * peak)
  let i = curve.n - 1
  while (i >= 0 && off(curve.step[i]!)) i--
  const last = i
  let samples = 0
  for (; i >= 0 && curve.max[i] === 0 && !off(curve.step[i]!); i--) samples += curve.count[i]!
  const fromStep = curve.firstSteps[i + 1]
  const toStep = curve.lastSteps[last]
  if (fromStep === undefined || toStep === undefined || samples < Math.max(SAMPLES, SHARE * curve.points) || toStep - fromStep < STEPS) return null
  return { fromStep, toStep, samples }
}

function isReal(run: RunView, { curve }: RoleSeries, { fromStep, toStep }: Stretch): boolean {
  const from = curve.indexAt(fromStep)
  const values = Array.from(curve.value.subarray(from, Math.max(from, curve.indexAt(toStep + 1)))).sort((a, b) => a - b)
  const typical = values[values.length >> 1] ?? 0
  const whole = run.series('gradient-norm')?.curve
  const global = whole && whole.n > 0 ? whole.value[Math.min(whole.n - 1, whole.indexAt(fromStep))]! : 0
  return typical > Math.max(REAL, REAL_SHARE * global)
}

function describe(run: RunView, still: { series: RoleSeries; norm: RoleSeries; stretch: Stretch }[], layers: number): Verdict {
  const [first] = still as [(typeof still)[number]]
  const subjects = still.map(({ series }) => series.layer ?? series.name)
  const fromStep = Math.min(...still.map(({ stretch }) => stretch.fromStep))
  const lost = run.layers('lost-update').filter(({ layer, curve }) => subjects.includes(layer ?? '') && (curve.value[curve.n - 1] ?? 0) > 0.5)
  const rateIsZero = run.schedule.known && run.schedule.peak === 0
  const all = subjects.length === layers
  const gradient = first.norm.curve.value[first.norm.curve.n - 1] ?? Number.NaN
  return fired('critical', [fromStep, Math.max(...still.map(({ stretch }) => stretch.toStep))], {
    confidence: first.stretch.samples >= 2 * SAMPLES ? 1 : 0.85,
    subjects,
    says: `${all ? 'No layer changes' : `The weights of ${nameLayers(subjects)} do not change`} from step ${fromStep} on, though ${all ? 'there is' : 'they have'} a gradient (norm ${show(gradient)})${rateIsZero ? ': the learning rate is 0' : ''}.`,
    fixes: [
      rateIsZero
        ? 'Set a learning rate above 0.'
        : 'Check that the optimizer was made with these weights, after the last layer was added or replaced.',
      ...(lost.length > 0
        ? ['The changes are too small for the precision of the weights: raise the learning rate or keep the weights in float32.']
        : []),
      'Check that the learning rate, of each group of parameters, is not 0, and that the layer is not frozen by mistake.',
    ].slice(0, 3),
    evidence: still
      .slice(0, 5)
      .flatMap(({ series, norm, stretch }) => [
        evidence(series, [stretch.fromStep, stretch.toStep], { 'update ratio': 0, samples: stretch.samples }, { samples: SAMPLES }),
        evidence(norm, [stretch.fromStep, stretch.toStep], { 'gradient norm': norm.curve.value[norm.curve.n - 1] ?? 0 }, { 'gradient norm': 0 }),
      ]),
  })
}
