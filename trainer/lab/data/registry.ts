import { z } from 'zod'
import type { CommonOptions, DataSource } from './data-source.ts'
import type { Dataset } from './examples.ts'
import { makeDataset } from './make-dataset.ts'
import { csv } from './sources/csv.ts'
import { fashionMnist } from './sources/fashion-mnist.ts'
import { gaussianBlobs } from './sources/gaussian-blobs.ts'
import { imageFolder } from './sources/image-folder.ts'
import { mnist } from './sources/mnist.ts'
import { spirals } from './sources/spirals.ts'
import { twoMoons } from './sources/two-moons.ts'
import type { SplitConfig } from './split.ts'

export { type SplitConfig, splitSchema } from './split.ts'

/** Source by its kind in the config. */
const SOURCES = {
  mnist,
  'fashion-mnist': fashionMnist,
  csv,
  'image-folder': imageFolder,
  spirals,
  'two-moons': twoMoons,
  'gaussian-blobs': gaussianBlobs,
}

type Schema = (typeof SOURCES)[keyof typeof SOURCES]['schema']

export const dataSchema = z
  .discriminatedUnion('kind', Object.values(SOURCES).map((source) => source.schema) as [Schema, ...Schema[]], {
    error: `needs a kind: ${Object.keys(SOURCES).join(', ')}`,
  })
  .describe('Where the examples come from.')

export type DataConfig = z.infer<typeof dataSchema>

/**
 * Reads the data, splits it and records what came of it. Equal configs and seeds give equal splits, byte for byte.
 *
 * `splitSeed` draws the split, the limits, label noise and generated data. `signal` stops reading.
 * @throws LossboardError saying which package, file, row, column or option is wrong.
 */
export async function loadDataset(
  data: DataConfig,
  split: SplitConfig,
  { splitSeed, signal }: { splitSeed: number; signal?: AbortSignal },
): Promise<Dataset> {
  const source = SOURCES[data.kind] as DataSource<DataConfig>
  const read = await source.load(data, { seed: splitSeed, ...(signal ? { signal } : {}) })
  signal?.throwIfAborted()
  return makeDataset(read, { name: data.kind, options: data as CommonOptions, split, splitSeed })
}
