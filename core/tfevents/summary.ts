import { readTensor, type Tensor } from './tensor.ts'
import { FIXED32, FIXED64, WireReader } from './wire.ts'

/** Which plugin of TensorBoard a tag belongs to, and what it says about it. */
export interface TagMetadata {
  plugin: string
  content: Uint8Array
  displayName: string
  description: string
  /** 1: scalar, 2: tensor, 3: sequence of bytes; 0: not said. */
  dataClass: number
}

export interface LegacyHistogram {
  min: number
  max: number
  num: number
  /** Right edge of each bucket. */
  limits: number[]
  counts: number[]
}

export interface EncodedMedia {
  /** Height, width, colour space; or sample rate, channels, frames. */
  numbers: [number, number, number]
  contentType: string
  bytes: Uint8Array
}

export type ValueContent =
  | { type: 'number'; value: number }
  | { type: 'tensor'; tensor: Tensor }
  | { type: 'histogram'; histogram: LegacyHistogram }
  | { type: 'image'; image: EncodedMedia }
  | { type: 'audio'; audio: EncodedMedia }
  | { type: 'none' }

export interface SummaryValue {
  /** The tag; when empty, the node name. */
  tag: string
  metadata: TagMetadata | null
  content: ValueContent
  /** The whole value as it stands in the file. */
  raw: Uint8Array
}

/** Adds the values of a summary to `into`. */
export function readSummary(fields: WireReader, into: SummaryValue[]): void {
  while (fields.next()) {
    if (fields.field !== 1) {
      fields.skip()
      continue
    }
    into.push(readValue(fields.subarray()))
  }
}

function readValue(raw: Uint8Array): SummaryValue {
  const value: SummaryValue = { tag: '', metadata: null, content: { type: 'none' }, raw }
  let nodeName = ''
  const fields = new WireReader(raw)
  while (fields.next()) {
    switch (fields.field) {
      case 1:
        value.tag = fields.string()
        break
      case 2:
        value.content = { type: 'number', value: fields.float() }
        break
      case 4:
        value.content = { type: 'image', image: readMedia(fields.message()) }
        break
      case 5:
        value.content = { type: 'histogram', histogram: readHistogram(fields.message()) }
        break
      case 6:
        value.content = { type: 'audio', audio: readMedia(fields.message()) }
        break
      case 7:
        nodeName = fields.string()
        break
      case 8:
        value.content = { type: 'tensor', tensor: readTensor(fields.message()) }
        break
      case 9:
        value.metadata = readMetadata(fields.message())
        break
      default:
        fields.skip()
    }
  }
  if (value.tag === '') value.tag = nodeName
  return value
}

function readMetadata(fields: WireReader): TagMetadata {
  const metadata: TagMetadata = { plugin: '', content: new Uint8Array(0), displayName: '', description: '', dataClass: 0 }
  while (fields.next()) {
    if (fields.field === 1) {
      const plugin = fields.message()
      while (plugin.next()) {
        if (plugin.field === 1) metadata.plugin = plugin.string()
        else if (plugin.field === 2) metadata.content = plugin.subarray()
        else plugin.skip()
      }
    } else if (fields.field === 2) metadata.displayName = fields.string()
    else if (fields.field === 3) metadata.description = fields.string()
    else if (fields.field === 4) metadata.dataClass = fields.int32()
    else fields.skip()
  }
  return metadata
}

function readHistogram(fields: WireReader): LegacyHistogram {
  const histogram: LegacyHistogram = { min: 0, max: 0, num: 0, limits: [], counts: [] }
  while (fields.next()) {
    if (fields.field === 1) histogram.min = fields.double()
    else if (fields.field === 2) histogram.max = fields.double()
    else if (fields.field === 3) histogram.num = fields.double()
    else if (fields.field === 6) fields.repeated(histogram.limits, FIXED64, (at) => at.double())
    else if (fields.field === 7) fields.repeated(histogram.counts, FIXED64, (at) => at.double())
    else fields.skip()
  }
  return histogram
}

/** Images and sounds look alike on the wire: three numbers, the encoded bytes, and for sounds a content type. The rate of a sound is a float. */
function readMedia(fields: WireReader): EncodedMedia {
  const media: EncodedMedia = { numbers: [0, 0, 0], contentType: '', bytes: new Uint8Array(0) }
  while (fields.next()) {
    const { field, type } = fields
    if (field >= 1 && field <= 3) media.numbers[field - 1] = type === FIXED32 ? fields.float() : fields.int64()
    else if (field === 4) media.bytes = fields.subarray()
    else if (field === 5) media.contentType = fields.string()
    else fields.skip()
  }
  return media
}
