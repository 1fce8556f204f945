import type { z } from 'zod'
import type { Tf } from '../../../tfjs/tf.ts'
import { namedChoice } from '../named-choice.ts'
import type { Activation, Layer } from './activation.ts'
import { elu } from './elu.ts'
import { gelu } from './gelu.ts'
import { identity } from './identity.ts'
import { leakyRelu } from './leaky-relu.ts'
import { prelu } from './prelu.ts'
import { relu } from './relu.ts'
import { selu } from './selu.ts'
import { sigmoid } from './sigmoid.ts'
import { silu } from './silu.ts'
import { tanh } from './tanh.ts'

/** Every activation function. A new one is one file in this folder and one line here. */
const ACTIVATIONS = [relu, leakyRelu, prelu, elu, selu, gelu, silu, tanh, sigmoid, identity] as const

export const activationSchema = namedChoice(
  'activation',
  ACTIVATIONS.map(({ schema }) => schema),
)
export type ActivationConfig = z.output<typeof activationSchema>
export type ActivationKind = ActivationConfig['kind']

export const ACTIVATION_KINDS: readonly ActivationKind[] = ACTIVATIONS.map(({ schema }) => schema.shape.kind.value)

const byKind = new Map<string, Activation>(ACTIVATIONS.map((activation) => [activation.schema.shape.kind.value, activation as unknown as Activation]))

export function activationLayer(tf: Tf, config: ActivationConfig, name: string): Layer {
  return byKind.get(config.kind)!.layer(tf, config, name)
}

/** Which activation a layer of any model is, also of one the lab did not build; null for all other layers. */
export function activationKind(layer: Layer): ActivationKind | null {
  const config = layer.getConfig() as Record<string, unknown>
  const className = layer.getClassName()
  return ACTIVATIONS.find((activation) => activation.is(className, config))?.schema.shape.kind.value ?? null
}
