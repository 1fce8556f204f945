import type { z } from 'zod'
import type { Tf } from '../../../tfjs/tf.ts'
import type { Layer } from '../activations/activation.ts'
import { namedChoice } from '../named-choice.ts'
import { batch } from './batch.ts'
import { group } from './group.ts'
import { instance } from './instance.ts'
import { layer } from './layer.ts'
import { none } from './none.ts'
import type { Norm, NormPlace } from './norm.ts'

/** Every normalisation. A new one is one file in this folder and one line here. */
const NORMS = [none, batch, layer, group, instance] as const

export const normSchema = namedChoice(
  'norm',
  NORMS.map(({ schema }) => schema),
)
export type NormConfig = z.output<typeof normSchema>

const byKind = new Map<string, Norm>(NORMS.map((norm) => [norm.schema.shape.kind.value, norm as unknown as Norm]))

export function normLayer(tf: Tf, config: NormConfig, place: NormPlace): Layer | null {
  return byKind.get(config.kind)!.layer(tf, config, place)
}

export function cancelsBias(config: NormConfig): boolean {
  return byKind.get(config.kind)!.cancelsBias
}
