import type { z } from 'zod'
import type { Tf } from '../../../tfjs/tf.ts'
import type { Layer } from '../activations/activation.ts'

/** What a norm is put on. */
export interface NormPlace {
  /** Name of the norm layer. */
  name: string
  /** Name of the convolution or dense layer before it. */
  after: string
  /** Positions of one channel: height × width, 1 for a dense layer. */
  positions: number
  channels: number
}

/** A normalisation: one file in this folder, one line in `registry.ts`. */
export interface Norm<Schema extends z.ZodObject = z.ZodObject> {
  readonly schema: Schema
  /** Whether a bias before it is subtracted away again with the mean, so that the layer before does without. */
  readonly cancelsBias: boolean
  /** The layer; null for none. Throws `invalid_option` when it cannot work in this place. */
  layer(tf: Tf, options: z.output<Schema>, place: NormPlace): Layer | null
}
