import { type LeadMetrics, leadMetrics } from './lead-metrics.ts'
import { groupMetrics, type MetricGroup, naturalCompare } from './metric-groups.ts'

/** The charts of a run page, in the order they are shown; every metric but the machine's is in exactly one part. */
export interface RunCharts {
  lead: LeadMetrics
  /** Scalars `update-ratio/<layer>` in natural order. */
  updateRatios: string[]
  /** `gradient-norm/<layer>`, the global one first. */
  gradientNorms: string[]
  /** Everything else. */
  groups: MetricGroup[]
  system: string[]
}

const UPDATE_RATIO = 'update-ratio/'
const GRADIENT_NORM = 'gradient-norm/'
const SYSTEM = 'system/'

/** Sorts the metrics of a run into the parts of its page. */
export function runCharts(names: readonly string[]): RunCharts {
  const lead = leadMetrics(names)
  const updateRatios = names.filter((name) => name.startsWith(UPDATE_RATIO)).sort(naturalCompare)
  const gradientNorms = names
    .filter((name) => name.startsWith(GRADIENT_NORM))
    .sort((a, b) => Number(b === `${GRADIENT_NORM}global`) - Number(a === `${GRADIENT_NORM}global`) || naturalCompare(a, b))
  const system = names.filter((name) => name.startsWith(SYSTEM)).sort(naturalCompare)
  const shown = new Set([...lead.loss, ...lead.accuracy, ...lead.learningRate, ...updateRatios, ...gradientNorms, ...system])
  return { lead, updateRatios, gradientNorms, groups: groupMetrics(names.filter((name) => !shown.has(name))), system }
}

/** `update-ratio/conv1` → `conv1`. */
export function layerOf(name: string): string {
  return name.slice(name.indexOf('/') + 1)
}

/**
 * Layers in the order of the network where the model was logged (`conv1/kernel` stands with the layer `conv1`);
 * those it does not name follow in natural order, as all do without a model.
 */
export function inModelOrder(layers: readonly string[], model: readonly string[]): string[] {
  const rank = (layer: string) => {
    const index = model.findIndex((name) => layer === name || layer.startsWith(`${name}/`))
    return index < 0 ? model.length : index
  }
  return [...layers].sort((a, b) => rank(a) - rank(b) || naturalCompare(a, b))
}
