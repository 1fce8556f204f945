import type { Json } from '../run.ts'
import { checkCount, checkObject, checkString, describe, invalid } from './check.ts'
import type { RecordKind } from './record.ts'
import type { ModelValue } from './values.ts'

const KIND = 'model'
type Layer = ModelValue['layers'][number]

function checkLayer(value: unknown): Layer {
  const fields = checkObject(KIND, value)
  const name = checkString(KIND, 'layer name', fields.name)
  if (!Array.isArray(fields.outputShape)) throw invalid(KIND, `outputShape of layer "${name}" must be an array, got ${describe(fields.outputShape)}`)
  if (typeof fields.trainable !== 'boolean')
    throw invalid(KIND, `trainable of layer "${name}" must be true or false, got ${describe(fields.trainable)}`)
  return {
    name,
    type: checkString(KIND, `type of layer "${name}"`, fields.type),
    outputShape: fields.outputShape.map((size) => (size === null ? null : checkCount(KIND, `outputShape of layer "${name}"`, size))),
    parameters: checkCount(KIND, `parameters of layer "${name}"`, fields.parameters),
    trainable: fields.trainable,
  }
}

function checkModel(value: unknown): ModelValue {
  const fields = checkObject(KIND, value)
  if (!Array.isArray(fields.layers)) throw invalid(KIND, `layers must be an array, got ${describe(fields.layers)}`)
  return {
    layers: fields.layers.map(checkLayer),
    parameters: checkCount(KIND, 'parameters', fields.parameters),
    trainableParameters: checkCount(KIND, 'trainableParameters', fields.trainableParameters),
  }
}

export const modelKind: RecordKind<ModelValue> = {
  kind: KIND,
  check: checkModel,
  encode: (value) => ({ payload: { ...value } as unknown as Json }),
  decode: (payload) => checkModel(payload),
  summarise: ({ layers, parameters, trainableParameters }) =>
    `${layers.length} layers, ${parameters} parameters${trainableParameters < parameters ? `, ${trainableParameters} of them trained` : ''}`,
}
