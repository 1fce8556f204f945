import type { LayersModel } from '@tensorflow/tfjs'
import type { Tf } from '../../tfjs/tf.ts'
import { exportWeights, type NamedWeights, setWeight, weightShapes } from './named-weights.ts'

export interface CopiedWeights {
  /** Names of the weights that were copied. */
  copied: string[]
  /** Weights of the target that keep their initial values, and why. */
  skipped: { name: string; reason: string }[]
  /** Weights of the source that have no place in the target. */
  unused: string[]
}

/** Weights that were read from a checkpoint. Without shapes, weights of equal size count as equal in shape. */
export interface StoredWeights {
  weights: NamedWeights
  shapes?: ReadonlyMap<string, readonly number[]>
}

/**
 * Copies every weight that has the same name and the same shape in both models.
 * @param keep names of layers of the target that keep their initial values
 */
export async function copyWeights(tf: Tf, from: LayersModel | StoredWeights, to: LayersModel, keep: readonly string[] = []): Promise<CopiedWeights> {
  const source: StoredWeights = 'layers' in from ? { weights: await exportWeights(from), shapes: weightShapes(from) } : from
  const result: CopiedWeights = { copied: [], skipped: [], unused: [] }
  for (const weight of to.weights) {
    const name = weight.originalName
    const shape = weight.shape as number[]
    const values = source.weights[name]
    const reason = keep.includes(layerOf(name))
      ? 'reinitialised'
      : values
        ? shapeProblem(values, source.shapes?.get(name), shape)
        : 'not in the source'
    if (reason !== null || !values) {
      result.skipped.push({ name, reason: reason ?? 'not in the source' })
      continue
    }
    setWeight(tf, weight, values)
    result.copied.push(name)
  }
  const targets = weightShapes(to)
  result.unused = Object.keys(source.weights).filter((name) => !targets.has(name))
  return result
}

function shapeProblem(values: Float32Array, given: readonly number[] | undefined, wanted: readonly number[]): string | null {
  const size = wanted.reduce((product, length) => product * length, 1)
  const same = given ? given.length === wanted.length && given.every((length, axis) => length === wanted[axis]) : values.length === size
  return same ? null : `shape ${given ? `[${given.join(', ')}]` : `of ${values.length} numbers`} in the source, [${wanted.join(', ')}] here`
}

/** `stage1-conv1/kernel` belongs to `stage1-conv1`. */
function layerOf(weightName: string): string {
  return weightName.slice(0, weightName.lastIndexOf('/'))
}
