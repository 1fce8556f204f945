import type { LayersModel } from '@tensorflow/tfjs'
import type { z } from 'zod'
import type { Tf } from '../../../tfjs/tf.ts'

export type Layer = LayersModel['layers'][number]

/** An activation function: one file in this folder, one line in `registry.ts`. */
export interface Activation<Schema extends z.ZodObject = z.ZodObject> {
  /** Its `kind` and options, every option with a default. */
  readonly schema: Schema
  /** A layer that applies it to every value. */
  layer(tf: Tf, options: z.output<Schema>, name: string): Layer
  /** Whether a layer of any model is this activation. */
  is(className: string, config: Record<string, unknown>): boolean
}

/** Matches the TensorFlow.js layer `Activation` with this function. */
export function isBuiltIn(activation: string) {
  return (className: string, config: Record<string, unknown>): boolean => className === 'Activation' && config.activation === activation
}
