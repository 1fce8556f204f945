import { seededRandom } from '../../../../core/seeded-random.ts'
import type { LabModel } from '../../../../trainer/lab/models/lab-model.ts'
import { buildModel, modelSchema } from '../../../../trainer/lab/models/registry.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'

/** TensorFlow.js on wasm, with the cpu backend registered beside it as the reference. */
export async function wasm(): Promise<Tf> {
  return (await loadTf({ prefer: 'wasm' })).tf
}

export const CONTEXT = { inputShape: [8, 8, 1], outputs: 3, initSeed: 1, dropoutSeed: 2 }

export function build(tf: Tf, config: object, context: Partial<typeof CONTEXT> = {}): LabModel {
  return buildModel(tf, modelSchema.parse(config), { ...CONTEXT, ...context })
}

/** Numbers in [−1, 1) that are the same every time. */
export function filled(length: number, seed = 1): Float32Array {
  const random = seededRandom(seed)
  return Float32Array.from({ length }, () => random() * 2 - 1)
}

export function names(model: LabModel): string[] {
  return model.model.layers.map((layer) => layer.name)
}
