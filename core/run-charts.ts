import { type LeadMetrics, leadMetrics } from './lead-metrics.ts'
import { groupMetrics, type MetricGroup, naturalCompare } from './metric-groups.ts'

/** The charts of a run page, in the order they are shown; every metric but the machine's is in exactly one part. */
export interface RunCharts {
  lead: LeadMetrics
  /** Scalars `update-ratio/<layer>` in natural order. */
  updateRatios: string[]
  /** `gradient-norm/<layer>`, the global one first. */
  gradientNorms: string[]
  /** What was logged per layer about activations, `dead-fraction/<layer>` for example, each in natural order. */
  activations: { quantity: ActivationQuantity; names: string[] }[]
  /** Loss of one batch in training and in inference mode; empty unless both were logged. */
  sameBatch: string[]
  /** What regularization adds to the training loss. */
  penalty: string | null
  /** Everything else. */
  groups: MetricGroup[]
  system: string[]
}

/** Per-layer statistics of activations, in the order they are looked at. */
export const ACTIVATION_QUANTITIES = [
  'dead-fraction',
  'activation-std',
  'activation-mean',
  'saturated-fraction',
  'batch-norm-mean',
  'batch-norm-variance',
] as const
export type ActivationQuantity = (typeof ACTIVATION_QUANTITIES)[number]

/** Training mode first. */
export const SAME_BATCH = ['same-batch/training-mode-loss', 'same-batch/inference-mode-loss'] as const
const PENALTY = 'train/penalty'
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
  const activations = ACTIVATION_QUANTITIES.flatMap((quantity) => {
    const own = names.filter((name) => name.startsWith(`${quantity}/`)).sort(naturalCompare)
    return own.length > 0 ? [{ quantity, names: own }] : []
  })
  const sameBatch = SAME_BATCH.every((name) => names.includes(name)) ? [...SAME_BATCH] : []
  const penalty = names.includes(PENALTY) ? PENALTY : null
  const shown = new Set([
    ...lead.loss,
    ...lead.accuracy,
    ...lead.learningRate,
    ...updateRatios,
    ...gradientNorms,
    ...activations.flatMap((one) => one.names),
    ...sameBatch,
    ...(penalty === null ? [] : [penalty]),
    ...system,
  ])
  const groups = groupMetrics(names.filter((name) => !shown.has(name)))
  return { lead, updateRatios, gradientNorms, activations, sameBatch, penalty, groups, system }
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
