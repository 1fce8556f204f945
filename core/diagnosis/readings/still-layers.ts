import type { RoleSeries, RunView } from '../run-view.ts'
import type { LayerRatios } from './layer-ratios.ts'

/** Samples without a change: one in between can be a step that mixed precision skipped. */
export const SAMPLES = 3
/** Of all samples: who applies gradients every few steps only measures zeros in between. */
const SHARE = 0.1
const STEPS = 2
/** A gradient this small, or this much smaller than the whole one, is lost to rounding rather than kept from the weights. */
const REAL = 1e-5
const REAL_SHARE = 1e-4

/** A layer that has a gradient and does not change. */
export interface StillLayer {
  series: RoleSeries
  norm: RoleSeries
  stretch: Stretch
}

/** Of these layers the ones that stand still up to now although their gradient is real. Needs `gradient-norm/<layer>` beside the ratios. */
export function stillLayers(run: RunView, layers: readonly LayerRatios[]): StillLayer[] {
  const norms = new Map(run.layers('layer-gradient-norm').map((one) => [one.layer, one]))
  // A median of 0 is half of the elements: the rows of an embedding that a batch does not touch, say.
  const exact = new Set(run.layers('update-ratio').map(({ name }) => name))
  return layers.flatMap(({ series }) => {
    if (!exact.has(series.name)) return []
    const norm = norms.get(series.layer)
    const stretch = norm && lastStretch(run, series)
    return stretch && isReal(run, norm, stretch) ? [{ series, norm, stretch }] : []
  })
}

export interface Stretch {
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
