import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { LossboardError } from '../../../../core/errors.ts'
import { COMMON_OPTIONS, type DataSource } from '../data-source.ts'
import { decodeImage } from '../decode-image.ts'
import type { Examples } from '../examples.ts'
import { type ImageFile, listImages } from '../image-files.ts'
import { resize } from '../resize.ts'

const pixels = z.int().min(1).max(1024)

const schema = z.strictObject({
  kind: z.literal('image-folder').describe('Your own pictures: one folder per class, or train/, val/ and test/ with one folder per class in each.'),
  path: z.string().min(1).describe('The folder, from the folder the training is started in.'),
  size: z
    .union([pixels, z.tuple([pixels, pixels])])
    .default(32)
    .describe('Side in pixels, or [height, width]: every picture is resized to it, whatever its proportions.'),
  colour: z.enum(['grayscale', 'rgb']).default('rgb').describe('One channel or three.'),
  skipBroken: z.boolean().default(false).describe('Leave out files that cannot be read (their number is recorded) instead of refusing.'),
  ...COMMON_OPTIONS,
})

type Config = z.infer<typeof schema>

interface Counts {
  broken: string[]
  transparent: number
}

export const imageFolder = {
  schema,
  async load(config, { signal }) {
    const folder = listImages(config.path)
    const counts: Counts = { broken: [], transparent: 0 }
    const read = (files: ImageFile[]) => readImages(files, folder.classes, config, counts, signal)
    return {
      classes: folder.classes,
      train: await read(folder.train),
      validation: folder.validation && (await read(folder.validation)),
      test: folder.test && (await read(folder.test)),
      facts: {
        source: `image folder ${resolve(config.path)}`,
        colour: config.colour,
        otherFilesIgnored: folder.otherFiles,
        otherFoldersIgnored: folder.otherFolders,
        brokenFilesLeftOut: counts.broken.length,
        firstBrokenFiles: counts.broken.slice(0, 20),
        transparentPutOnBlack: counts.transparent,
      },
    }
  },
} satisfies DataSource<Config>

async function readImages(files: ImageFile[], classes: string[], config: Config, counts: Counts, signal: AbortSignal | undefined): Promise<Examples> {
  const [height, width] = typeof config.size === 'number' ? [config.size, config.size] : config.size
  const channels = config.colour === 'grayscale' ? 1 : 3
  const size = height * width * channels
  const inputs = new Uint8Array(files.length * size)
  const labels = new Int32Array(files.length)
  let n = 0
  for (const [i, { path, label }] of files.entries()) {
    signal?.throwIfAborted()
    // Decoding keeps the thread busy: let others in between.
    if (i % 100 === 99) await setImmediate()
    try {
      const { raster, transparent } = decodeImage(await readFile(path), channels)
      const { data } = resize(raster, height, width)
      for (let k = 0; k < size; k++) inputs[n * size + k] = Math.round(data[k]!)
      if (transparent) counts.transparent++
      labels[n++] = classes.indexOf(label)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (!config.skipBroken)
        throw new LossboardError('invalid_value', `${path}: this image cannot be read: ${reason}: mend or remove it, or set data.skipBroken to true`)
      counts.broken.push(path)
    }
  }
  return { shape: [height, width, channels], inputs: inputs.slice(0, n * size), labels: labels.slice(0, n), n }
}
