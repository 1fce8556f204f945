import type { SymbolicTensor } from '@tensorflow/tfjs'
import type { z } from 'zod'
import type { LayerFactory } from '../layer-factory.ts'

/** A family of networks: one file in this folder, one line in `models/registry.ts`. */
export interface Architecture<Schema extends z.ZodObject = z.ZodObject> {
  /** Its `kind` and options, every option with a default. */
  readonly schema: Schema
  /** Whether it takes images only; the others flatten them. */
  readonly imagesOnly: boolean
  /** Puts the layers together, from the input to the features that the output layer weighs. */
  assemble(layers: LayerFactory, input: SymbolicTensor, options: z.output<Schema>): SymbolicTensor
}
