import type { SummaryValue, TagMetadata } from '../summary.ts'
import { type Converted, type Draft, decodeText, kept } from './draft.ts'
import { imageType } from './media-type.ts'

/** Images of both ages; every frame of a batch. */
export function readImages(value: SummaryValue, metadata: TagMetadata): Converted {
  const { content } = value
  if (content.type === 'image') {
    const [height, width] = content.image.numbers
    return convert(value, metadata, [content.image.bytes], width, height)
  }
  if (content.type !== 'tensor' || content.tensor.strings.length < 2) return kept(value, metadata.plugin, 'no list of width, height and images')
  const [width, height, ...frames] = content.tensor.strings
  return convert(value, metadata, frames, Number(decodeText(width!)), Number(decodeText(height!)))
}

const isSize = (size: number) => Number.isSafeInteger(size) && size >= 0

function convert(value: SummaryValue, metadata: TagMetadata, frames: Uint8Array[], width: number, height: number): Converted {
  if (!isSize(width) || !isSize(height)) return kept(value, metadata.plugin, `an image of ${width} × ${height}`)
  const types = frames.map(imageType)
  if (types.includes(null)) return kept(value, metadata.plugin, 'an image that is no PNG, JPEG, GIF or WebP')
  const drafts = frames.map((blob, index): Draft => {
    const type = types[index]!
    const caption = frames.length > 1 ? `${index + 1} of ${frames.length}` : null
    return {
      kind: 'image',
      ...(frames.length > 1 && { suffix: `/${index}` }),
      payload: { width, height, type, caption },
      blob,
      blobType: type,
    }
  })
  return { type: 'records', drafts }
}
