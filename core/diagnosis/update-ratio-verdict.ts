import type { FindingSeverity } from '../kinds/values.ts'
import { layersInOrder } from './layers-in-order.ts'
import { type LayerRatios, lastingAbove, layerRatios, middle, rateFactor, ratioSeries } from './readings/layer-ratios.ts'
import { lossProgress } from './readings/loss-progress.ts'
import { stillLayers } from './readings/still-layers.ts'
import type { RunView } from './run-view.ts'
import { show, showPercent } from './show-number.ts'

/** The bands around 1e-3, which is about what is usual. */
export const RATIO_BANDS = { ok: { low: 1e-4, high: 1e-2 }, warning: { low: 1e-5, high: 3e-2 }, critical: { high: 1e-1 } } as const

export interface UpdateRatioVerdict {
  layer: string
  /** Name of the series of ratios, or of the histograms their medians were read off. */
  series: string
  /** Median ‖Δw‖/‖w‖ while the learning rate was in force: after the warm-up and the first 5 %, before a schedule lowered it. NaN: no sample yet. */
  ratio: number
  /** Median of the newest samples. */
  now: number
  /** `ok`, how bad it is, or null for a layer that is not judged. */
  verdict: 'ok' | FindingSeverity | null
  /** Which way it is off; null when it is not. */
  side: 'low' | 'high' | null
  /** What the learning rate could be multiplied with for a ratio of 1e-3, from 0.1 to 10; null where nothing is to be changed. */
  factor: number | null
  /** One sentence that a beginner understands. */
  says: string
}

export interface UpdateRatioVerdicts {
  /** From the input to the output, where the model is known. */
  layers: UpdateRatioVerdict[]
  /** What one learning rate for all layers could be multiplied with; null when the layer in the middle is within the bands. */
  factor: number | null
}

/** So many samples a verdict needs. */
const SAMPLES = 3
/** What is left of the loss of a training that got nowhere: only then are small updates a fault. */
const STUCK = 0.9

/** Whether each layer learns at a usual pace. Layers are judged for themselves; whether the training suffers is for the rules to say. */
export function updateRatioVerdicts(run: RunView): UpdateRatioVerdicts {
  const order = layersInOrder(run, ratioSeries(run)).map(({ name }) => name)
  const ratios = layerRatios(run).sort((a, b) => order.indexOf(a.series.name) - order.indexOf(b.series.name))
  const still = new Set(stillLayers(run, ratios).map(({ series }) => series.name))
  const stuck = (lossProgress(run)?.left ?? 1) > STUCK
  const layers = ratios.map((one) => judge(one, still.has(one.series.name), stuck))
  const typical = middle(ratios.filter((one, i) => layers[i]?.verdict !== null && !one.embedding).map((one) => one.typical))
  const { low, high } = RATIO_BANDS.ok
  return { layers, factor: typical > 0 && (typical < low || typical > high) ? rateFactor(typical) : null }
}

function judge(one: LayerRatios, isStill: boolean, stuck: boolean): UpdateRatioVerdict {
  const { layer, series, typical: ratio, points, excluded } = one
  const { curve } = series
  const base = { layer, series: series.name, ratio, now: curve.value[curve.n - 1] ?? Number.NaN }
  const not = (says: string): UpdateRatioVerdict => ({ ...base, verdict: null, side: null, factor: null, says })
  if (excluded !== null) return not(`${layer} is not judged: ${excluded}.`)
  if (isStill)
    return {
      ...base,
      verdict: 'critical',
      side: 'low',
      factor: null,
      says: `The weights of ${layer} do not change at all, though they have a gradient: look at how the optimizer was made.`,
    }
  if (Number.isNaN(ratio) && series.sketch.nonFinite.points > 0) return not(`${layer} is not judged: its ratios are not finite.`)
  if (Number.isNaN(ratio) || points < SAMPLES) return not(`${layer} is not judged yet: ${SAMPLES} samples after the beginning are needed.`)
  const { verdict, side } = bandOf(one, stuck)
  return { ...base, verdict, side, factor: side === null || ratio === 0 ? null : rateFactor(ratio), says: sentence(one, verdict, side, stuck) }
}

function bandOf(one: LayerRatios, stuck: boolean): { verdict: 'ok' | FindingSeverity; side: 'low' | 'high' | null } {
  const { ok, warning } = RATIO_BANDS
  const { typical: ratio, embedding } = one
  if (ratio >= ok.low && ratio <= ok.high) return { verdict: 'ok', side: null }
  if (ratio < ok.low) return { verdict: ratio < warning.low && stuck ? 'warning' : 'info', side: 'low' }
  // Few rows of an embedding are touched by a batch, and these move far.
  if (embedding || ratio <= warning.high) return { verdict: 'info', side: 'high' }
  return { verdict: lastingAbove(one) ? 'critical' : 'warning', side: 'high' }
}

function sentence(
  { layer, typical: ratio, embedding }: LayerRatios,
  verdict: 'ok' | FindingSeverity,
  side: 'low' | 'high' | null,
  stuck: boolean,
): string {
  const pace = `Each update changes the weights of ${layer} by about ${showPercent(ratio)} of their size`
  if (side === null) return `${pace}: a good pace (0.1 % is usual).`
  if (ratio === 0) return `The weights of ${layer} do not change.`
  const factor = rateFactor(ratio)
  const advice = `multiply the learning rate by about ${show(factor)}`
  if (side === 'low') {
    if (verdict === 'warning')
      return `${pace}, where 0.1 % is usual, and the loss hardly falls: the learning rate is too low for this layer; ${advice}.`
    return `${pace}, less than the usual 0.1 %${stuck ? `: if it learns too slowly, ${advice}` : ': fine for a network that has learned its task'}.`
  }
  if (embedding) return `${pace}: embeddings move faster than other layers, because a batch touches few of their rows.`
  if (verdict === 'info') return `${pace}, somewhat more than the usual 0.1 %: fine as long as the loss falls smoothly.`
  return `${pace}, where 0.1 % is usual: such steps overwrite what was learned; ${advice}.`
}
