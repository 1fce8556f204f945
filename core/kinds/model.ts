import type { Json } from '../run.ts'
import { checkArray, checkBoolean, checkCount, checkCounts, checkObject, checkString } from './check.ts'
import type { RecordKind } from './record.ts'
import type { ModelLayer, ModelValue } from './values.ts'

const KIND = 'model'

function checkLayer(value: unknown): ModelLayer {
  const fields = checkObject(KIND, value)
  const name = checkString(KIND, 'layer name', fields.name)
  const field = (what: string) => `${what} of layer "${name}"`
  return {
    name,
    type: checkString(KIND, field('type'), fields.type),
    outputShape: checkShape(field('outputShape'), fields.outputShape),
    parameters: checkCount(KIND, field('parameters'), fields.parameters),
    trainable: checkBoolean(KIND, field('trainable'), fields.trainable),
    ...(fields.inputs !== undefined && {
      inputs: checkArray(KIND, field('inputs'), fields.inputs).map((one) => checkString(KIND, field('inputs'), one)),
    }),
    ...(fields.flops !== undefined && { flops: checkFlops(field('flops'), fields.flops) }),
    ...(fields.weights !== undefined && { weights: checkArray(KIND, field('weights'), fields.weights).map((one) => checkWeight(name, one)) }),
  }
}

function checkWeight(layer: string, value: unknown): { name: string; shape: number[] } {
  const fields = checkObject(KIND, value)
  const name = checkString(KIND, `weight of layer "${layer}"`, fields.name)
  return { name, shape: checkCounts(KIND, `shape of weight "${name}"`, fields.shape) }
}

function checkShape(field: string, value: unknown): (number | null)[] {
  return checkArray(KIND, field, value).map((size) => (size === null ? null : checkCount(KIND, field, size)))
}

function checkFlops(field: string, value: unknown): number | null {
  return value === null ? null : checkCount(KIND, field, value)
}

function checkModel(value: unknown): ModelValue {
  const fields = checkObject(KIND, value)
  return {
    layers: checkArray(KIND, 'layers', fields.layers).map(checkLayer),
    parameters: checkCount(KIND, 'parameters', fields.parameters),
    trainableParameters: checkCount(KIND, 'trainableParameters', fields.trainableParameters),
    ...(fields.inputShape !== undefined && { inputShape: checkShape('inputShape', fields.inputShape) }),
    ...(fields.flops !== undefined && { flops: checkFlops('flops', fields.flops) }),
  }
}

export const modelKind: RecordKind<ModelValue> = {
  kind: KIND,
  check: checkModel,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkModel(payload),
  summarise: ({ layers, parameters, trainableParameters, flops }) => {
    const trained = trainableParameters < parameters ? `, ${trainableParameters} of them trained` : ''
    return `${layers.length} ${layers.length === 1 ? 'layer' : 'layers'}, ${parameters} parameters${trained}${typeof flops === 'number' ? `, ${flops} FLOPs per example` : ''}`
  },
}
