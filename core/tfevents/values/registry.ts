/** What becomes of the values of each plugin of TensorBoard. A new plugin is one file in this folder and one line here. */
import type { SummaryValue, TagMetadata } from '../summary.ts'
import { STRING_DTYPE } from '../tensor.ts'
import { readAudio } from './audio.ts'
import { type Converted, kept, type ValueReader } from './draft.ts'
import { readHistogramValue } from './histogram.ts'
import { readHparams } from './hparams.ts'
import { readImages } from './image.ts'
import { readPrCurve } from './pr-curve.ts'
import { readScalar } from './scalar.ts'
import { readText } from './text.ts'

export const PLUGINS: Record<string, ValueReader> = {
  scalars: readScalar,
  histograms: readHistogramValue,
  images: readImages,
  audio: readAudio,
  text: readText,
  pr_curves: readPrCurve,
  hparams: readHparams,
}

/** Older values say by themselves what they are, also under metadata of another plugin. */
const BY_CONTENT: Partial<Record<SummaryValue['content']['type'], ValueReader>> = {
  number: readScalar,
  histogram: readHistogramValue,
  image: readImages,
  audio: readAudio,
}

const NO_METADATA: TagMetadata = { plugin: '', content: new Uint8Array(0), displayName: '', description: '', dataClass: 0 }
const DATA_CLASS_SCALAR = 1

/** `metadata`: the first one seen for the tag, null when none was. */
export function convertValue(value: SummaryValue, metadata: TagMetadata | null): Converted {
  const known = metadata ?? NO_METADATA
  const byContent = BY_CONTENT[value.content.type]
  if (byContent) return byContent(value, known)
  const plugin = Object.hasOwn(PLUGINS, known.plugin) ? PLUGINS[known.plugin] : undefined
  if (plugin) return plugin(value, known)
  if (known.dataClass === DATA_CLASS_SCALAR) return readScalar(value, known)
  if (known.plugin === '' && value.content.type === 'tensor') {
    const { dtype, shape } = value.content.tensor
    if (dtype === STRING_DTYPE) return readText(value, known)
    if (shape.length === 0) return readScalar(value, known)
  }
  return kept(value, known.plugin, null)
}
