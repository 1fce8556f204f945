import { z } from 'zod'
import type { Tf } from '../../tfjs/tf.ts'
import type { Architecture } from './architectures/architecture.ts'
import { bottleneck } from './architectures/bottleneck.ts'
import { linear } from './architectures/linear.ts'
import { mlp } from './architectures/mlp.ts'
import { residual } from './architectures/residual.ts'
import { vgg } from './architectures/vgg.ts'
import { assembleModel } from './assemble-model.ts'
import type { BuildContext, LabModel } from './lab-model.ts'

/** Every kind of model. A new one is one file in `architectures/` and one line here. */
const MODELS = [linear, mlp, vgg, residual, bottleneck] as const
type ModelSchema = (typeof MODELS)[number]['schema']

/** The `model` of a lab config. */
export const modelSchema = z.discriminatedUnion('kind', MODELS.map(({ schema }) => schema) as [ModelSchema, ...ModelSchema[]])
export type ModelConfig = z.output<typeof modelSchema>
/** As people write it: names instead of objects, defaults left out. */
export type ModelInput = z.input<typeof modelSchema>

/**
 * Builds a model with its initial weights: the same numbers for the same config, shape and seeds, on every backend. Its output are logits.
 *
 * @throws LossboardError `invalid_option` when config and data do not fit together, such as images that cannot be halved so often
 */
export function buildModel(tf: Tf, config: ModelConfig, context: BuildContext): LabModel {
  const architecture = MODELS.find(({ schema }) => schema.shape.kind.value === config.kind) as unknown as Architecture
  return assembleModel(tf, architecture, config, context)
}
