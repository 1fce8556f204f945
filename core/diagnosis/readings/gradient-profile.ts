import { isSmallPart, layerFact, layersInOrder } from '../layers-in-order.ts'
import type { RoleSeries, RunView } from '../run-view.ts'

/** Gradient norms of the kernels, each the median over the first steps. */
export interface GradientProfile {
  /** From the input to the output where the model is known, else from the smallest norm to the largest. */
  layers: { layer: string; series: RoleSeries; norm: number }[]
  /** Norm of the first kernel over that of the last; NaN where the last has none. */
  ratio: number
  /** Whether the order of the layers is known. */
  ordered: boolean
  fromStep: number
  toStep: number
  samples: number
}

const WINDOW = 100
const SAMPLES = 5

/**
 * The profile over the first 100 steps, or the first five samples where they are further apart. Null with fewer than two layers or samples.
 * `from` skips steps at the beginning.
 */
export function gradientProfile(run: RunView, from = 0): GradientProfile | null {
  const found = layersInOrder(run, run.layers('layer-gradient-norm')).filter(({ layer, curve }) => curve.n > 0 && !isSmallPart(layer ?? ''))
  const [sample] = found
  if (found.length < 2 || !sample) return null
  const begin = sample.curve.indexAt(sample.curve.firstStep + from)
  const end = Math.max(sample.curve.indexAt(run.firstStep + from + WINDOW), Math.min(begin + SAMPLES, sample.curve.n))
  const fromStep = sample.curve.firstSteps[begin]
  const toStep = sample.curve.lastSteps[end - 1]
  if (fromStep === undefined || toStep === undefined) return null
  const layers = found.map((series) => ({ layer: series.layer ?? series.name, series, norm: medianBetween(series, fromStep, toStep) }))
  const ordered = layers.every(({ layer }) => layerFact(run, layer) !== null)
  if (!ordered) layers.sort((a, b) => a.norm - b.norm)
  return {
    layers,
    ordered,
    ratio: layers[0]!.norm / layers[layers.length - 1]!.norm,
    fromStep,
    toStep,
    samples: sample.curve.count.subarray(begin, end).reduce((sum, count) => sum + count, 0),
  }
}

function medianBetween({ curve }: RoleSeries, fromStep: number, toStep: number): number {
  const values = Array.from(curve.value.subarray(curve.indexAt(fromStep), Math.max(curve.indexAt(fromStep) + 1, curve.indexAt(toStep + 1)))).sort(
    (a, b) => a - b,
  )
  return values[values.length >> 1] ?? Number.NaN
}
