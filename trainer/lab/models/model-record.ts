import type { LayersModel } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import type { ModelValue } from '../../../core/kinds/values.ts'
import { modelTable } from '../../tfjs/model-table.ts'
import type { Tf } from '../../tfjs/tf.ts'

/** Table and graph of a model for the record `model`: layers, shapes, parameters, operations, edges, weights. */
export function labModelRecord(_tf: Tf, model: LayersModel): ModelValue {
  const table = modelTable(model)
  if (!table) throw new LossboardError('invalid_argument', `model "${model.name}" has no input shape yet: build it before its table is logged`)
  return table
}
