import type { EncodedMedia, SummaryValue, TagMetadata } from '../summary.ts'
import { elements } from '../tensor.ts'
import { type Converted, type Draft, decodeText, kept } from './draft.ts'
import { audioType } from './media-type.ts'

/** Sounds: one per value in older files, a list (with labels, when it has two columns) in newer ones. */
export function readAudio(value: SummaryValue, metadata: TagMetadata): Converted {
  const { content } = value
  if (content.type === 'audio') return { type: 'records', drafts: [legacy(content.audio)] }
  if (content.type !== 'tensor') return kept(value, metadata.plugin, 'no sound')
  const { shape, strings } = content.tensor
  const columns = shape.length === 2 ? shape[1]! : 1
  if (shape.length > 2 || (columns !== 1 && columns !== 2) || elements(shape) !== strings.length)
    return kept(value, metadata.plugin, `${strings.length} sounds of shape [${shape.join(', ')}]`)
  const drafts = Array.from({ length: strings.length / columns }, (_, index): Draft => {
    const blob = strings[index * columns]!
    const label = columns === 2 ? decodeText(strings[index * columns + 1]!) : ''
    const several = strings.length > columns
    return {
      kind: 'audio',
      ...(several && { suffix: `/${index}` }),
      payload: { type: audioType(blob), sampleRate: null, channels: null, frames: null, label: label === '' ? null : label },
      blob,
      blobType: audioType(blob) ?? 'application/octet-stream',
    }
  })
  return { type: 'records', drafts }
}

function legacy({ numbers: [sampleRate, channels, frames], bytes }: EncodedMedia): Draft {
  const type = audioType(bytes)
  const count = (number: number) => (Number.isSafeInteger(number) && number > 0 ? number : null)
  return {
    kind: 'audio',
    payload: {
      type,
      sampleRate: sampleRate > 0 && Number.isFinite(sampleRate) ? sampleRate : null,
      channels: count(channels),
      frames: count(frames),
      label: null,
    },
    blob: bytes,
    blobType: type ?? 'application/octet-stream',
  }
}
