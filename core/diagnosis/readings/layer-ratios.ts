import { isEmbedding, isSmallPart, layerFact } from '../layers-in-order.ts'
import type { RoleSeries, RunView } from '../run-view.ts'
import { sustained } from '../sustained.ts'

/** Update ratios of one layer, and the part of the run in which they tell about the learning rate. */
export interface LayerRatios {
  layer: string
  series: RoleSeries
  /** Why the layer is not judged; null when it is. */
  excluded: string | null
  /** Embeddings: single rows move fast by their nature. */
  embedding: boolean
  /** Bins in which the rate was in force: after the warm-up and the first 5 %, while the learning rate was near its peak. */
  from: number
  to: number
  /** Median over these bins; NaN without any. */
  typical: number
  /** Points in these bins. */
  points: number
}

/** Ratios of a training that goes well stay below; so many samples in a row above are too many. */
export const HIGH = 1e-1
export const HIGH_SAMPLES = 20

/** Weights of so few elements move fast and say little. */
const FEWEST_WEIGHTS = 64
const BEGINNING = 0.05
/** A learning rate below this share of its peak has been lowered, or is not yet warm. */
const IN_FORCE = 0.3

/** Series of ratios, one per layer: L2 of the update over L2 of the weights, or else the median of the elements, which is within 0.2 decades of it. */
export function ratioSeries(run: RunView): RoleSeries[] {
  const exact = run.layers('update-ratio')
  const names = new Set(exact.map(({ layer }) => layer))
  return [...exact, ...run.layers('update-ratio-median').filter(({ layer }) => !names.has(layer))]
}

/** Every layer with update ratios. Where all kernels are tiny, they are judged all the same: a network may be that small. */
export function layerRatios(run: RunView): LayerRatios[] {
  const peak = run.schedule.known ? run.schedule.peak : Number.NaN
  const rate = run.series('learning-rate')?.curve
  const inForce = (step: number): boolean => {
    if (!rate || !(peak > 0) || rate.n === 0) return true
    return rate.value[Math.min(rate.n - 1, rate.indexAt(step))]! >= IN_FORCE * peak
  }
  const begin = Math.max(run.schedule.warmUpEnd, run.firstStep + BEGINNING * run.span)
  const all = ratioSeries(run).map((series) => read(run, series, begin, inForce))
  if (all.some(({ excluded }) => excluded === null)) return all
  return all.map((one) => (one.excluded?.startsWith('fewer') ? { ...one, excluded: null } : one))
}

function read(run: RunView, series: RoleSeries, begin: number, inForce: (step: number) => boolean): LayerRatios {
  const { curve } = series
  const layer = series.layer ?? series.name
  const fact = layerFact(run, layer)
  let from = Math.min(curve.indexAt(begin), Math.max(0, curve.n - 1))
  while (from < curve.n - 1 && !inForce(curve.step[from]!)) from++
  let to = from
  const values: number[] = []
  let points = 0
  for (let i = from; i < curve.n; i++) {
    if (!inForce(curve.step[i]!)) continue
    values.push(curve.value[i]!)
    points += curve.count[i]!
    to = i + 1
  }
  values.sort((a, b) => a - b)
  return {
    layer,
    series,
    excluded: exclusion(layer, fact),
    embedding: isEmbedding(run, layer),
    from,
    to,
    typical: values[values.length >> 1] ?? Number.NaN,
    points,
  }
}

function exclusion(layer: string, fact: ReturnType<typeof layerFact>): string | null {
  if (fact?.trainable === false) return 'frozen: it is not trained'
  if (isSmallPart(layer)) return 'a bias or a normalisation: these start at 0 or 1, and their ratio says little'
  if (fact?.kernelSize != null && fact.kernelSize < FEWEST_WEIGHTS) return `fewer than ${FEWEST_WEIGHTS} weights: so few move fast`
  return null
}

/** The first stretch of samples above, outside the beginning; in a short log half of the samples, but five. Null: none. */
export function lastingAbove({ series: { curve }, from, to, points }: LayerRatios): { fromStep: number; toStep: number; samples: number } | null {
  const needed = Math.min(HIGH_SAMPLES, Math.max(5, points / 2))
  const found = sustained(to - from, (i) => curve.value[from + i]! > HIGH, 1, 3)
    .map((stretch) => ({
      fromStep: curve.firstSteps[from + stretch.from]!,
      toStep: curve.lastSteps[from + stretch.to]!,
      samples: curve.count.subarray(from + stretch.from, from + stretch.to + 1).reduce((sum, count) => sum + count, 0),
    }))
    .filter(({ samples }) => samples >= needed)
  return found[0] ?? null
}

/** What a learning rate would have to be multiplied with for a ratio of 1e-3; never more than tenfold at once. */
export function rateFactor(ratio: number): number {
  return Math.min(10, Math.max(0.1, 1e-3 / ratio))
}

/** Of some numbers, the one in the middle; the lower of two. NaN of none. */
export function middle(values: readonly number[]): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN
}
