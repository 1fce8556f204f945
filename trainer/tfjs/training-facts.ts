import type { LayersModel, Optimizer } from '@tensorflow/tfjs'
import type { JsonObject } from '../../core/run.ts'

/**
 * What a compiled model tells about its training, for the record `training`: its optimizer, its loss, and the width and activation
 * function of its output where it has one output. What is not known is left out.
 */
export function trainingFacts(model: LayersModel | undefined, optimizer: Optimizer): JsonObject {
  const facts: JsonObject = { optimizer: optimizer.getClassName() }
  if (!model) return facts
  const { loss, outputs } = model as { loss?: unknown; outputs?: LayersModel['outputs'] }
  const only = Array.isArray(loss) ? (loss.length === 1 ? loss[0] : null) : loss
  const name = typeof only === 'function' ? only.name : only
  if (typeof name === 'string' && name !== '') facts.loss = name
  const output = outputs?.length === 1 ? outputs[0] : undefined
  const width = output?.shape.at(-1)
  if (typeof width === 'number') facts.outputs = width
  const { activation } = (output?.sourceLayer ?? {}) as { activation?: { getClassName?(): string } | null }
  if (typeof activation?.getClassName === 'function') facts.outputActivation = activation.getClassName()
  return facts
}
