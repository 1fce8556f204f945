import type { LayersModel } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import { nearMatches } from '../../../core/near-matches.ts'
import type { Tf } from '../../tfjs/tf.ts'

/** The weights of a model by their stable names (`hidden1/kernel`), moving averages of batch norm among them. */
export type NamedWeights = Record<string, Float32Array>

/** All weights as they are at the call, also from backends that answer only asynchronously. The arrays are copies. */
export async function exportWeights(model: LayersModel): Promise<NamedWeights> {
  const entries = await Promise.all(
    model.weights.map(async (weight) => [weight.originalName, Float32Array.from(await weight.read().data())] as const),
  )
  return Object.fromEntries(entries)
}

/** The shape of every weight by name. */
export function weightShapes(model: LayersModel): Map<string, number[]> {
  return new Map(model.weights.map((weight) => [weight.originalName, weight.shape as number[]]))
}

/**
 * Sets all weights of a model. Nothing is set when they are not exactly those of the model.
 * @throws LossboardError `invalid_value` naming what is missing, too much or of another size
 */
export function importWeights(tf: Tf, model: LayersModel, weights: NamedWeights): void {
  const problem = difference(model, weights)
  if (problem) throw new LossboardError('invalid_value', `these weights do not belong to model "${model.name}": ${problem}`)
  for (const weight of model.weights) setWeight(tf, weight, weights[weight.originalName]!)
}

export function setWeight(tf: Tf, weight: LayersModel['weights'][number], values: Float32Array): void {
  const tensor = tf.tensor(values, weight.shape as number[])
  weight.write(tensor)
  tensor.dispose()
}

function difference(model: LayersModel, weights: NamedWeights): string | null {
  const shapes = weightShapes(model)
  const missing = [...shapes.keys()].filter((name) => !Object.hasOwn(weights, name))
  const extra = Object.keys(weights).filter((name) => !shapes.has(name))
  if (missing.length > 0) {
    const [nearest] = nearMatches(missing[0]!, extra, 1)
    return `${listed(missing)} ${missing.length === 1 ? 'is' : 'are'} missing${nearest ? ` (there is "${nearest}")` : ''}`
  }
  if (extra.length > 0) return `the model has no ${listed(extra)}`
  for (const [name, shape] of shapes) {
    const size = shape.reduce((product, length) => product * length, 1)
    if (weights[name]!.length !== size) return `"${name}" has ${weights[name]!.length} numbers, the model's has ${size} ([${shape.join(', ')}])`
  }
  return null
}

function listed(names: string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`)
  return shown.join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')
}
