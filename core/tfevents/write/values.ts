import type { Json, JsonObject } from '../../run.ts'
import { STRING_DTYPE } from '../tensor.ts'
import { WireWriter } from './wire-writer.ts'

const DOUBLE_DTYPE = 2
const FLOAT_DTYPE = 1
/** `DataClass` of a tag. */
const SCALAR = 1
const TENSOR = 2
const BLOBS = 3

const utf8 = new TextEncoder()

/** Values as TensorBoard's second generation of summaries has them: tensors, with the plugin named in the metadata of the tag. */
function value(tag: string, tensor: WireWriter, metadata: WireWriter | null): WireWriter {
  const message = new WireWriter().string(1, tag).message(8, tensor)
  return metadata ? message.message(9, metadata) : message
}

function metadata(plugin: string, dataClass: number, content?: Uint8Array): WireWriter {
  const data = new WireWriter().string(1, plugin)
  if (content) data.data(2, content)
  const message = new WireWriter().message(1, data)
  return dataClass === 0 ? message : message.int64(4, dataClass)
}

function shape(...sizes: number[]): WireWriter {
  const message = new WireWriter()
  for (const size of sizes) message.message(2, new WireWriter().int64(1, size))
  return message
}

function doubles(numbers: ArrayLike<number>, ...sizes: number[]): WireWriter {
  const content = new DataView(new ArrayBuffer(8 * numbers.length))
  for (let i = 0; i < numbers.length; i++) content.setFloat64(8 * i, numbers[i]!, true)
  return new WireWriter()
    .int64(1, DOUBLE_DTYPE)
    .message(2, shape(...sizes))
    .data(4, new Uint8Array(content.buffer))
}

function strings(list: readonly Uint8Array[], ...sizes: number[]): WireWriter {
  const tensor = new WireWriter().int64(1, STRING_DTYPE).message(2, shape(...sizes))
  for (const bytes of list) tensor.data(8, bytes)
  return tensor
}

/** A number as a tensor of one float64: `simple_value`, the older form, would cut it to float32. The first of a tag names the plugin. */
export function scalarValue(tag: string, number: number, isFirst: boolean): WireWriter {
  return value(tag, doubles([number]), isFirst ? metadata('scalars', SCALAR) : null)
}

/** Counts between increasing edges: rows of left, right, count. */
export function histogramValue(tag: string, edges: readonly number[], counts: readonly number[]): WireWriter {
  const rows = counts.flatMap((count, i) => [edges[i]!, edges[i + 1]!, count])
  return value(tag, doubles(rows, counts.length, 3), metadata('histograms', TENSOR))
}

export function textValue(tag: string, text: string): WireWriter {
  return value(tag, strings([utf8.encode(text)]), metadata('text', TENSOR))
}

/** `bytes`: an encoded image. */
export function imageValue(tag: string, width: number, height: number, bytes: Uint8Array): WireWriter {
  return value(tag, strings([utf8.encode(String(width)), utf8.encode(String(height)), bytes], 3), metadata('images', BLOBS))
}

export function audioValue(tag: string, bytes: Uint8Array, label: string): WireWriter {
  return value(tag, strings([bytes, utf8.encode(label)], 1, 2), metadata('audio', BLOBS))
}

/** The settings of a run for TensorBoard's table of them: one level, since it knows no other. */
export function sessionStartValue(settings: ReadonlyMap<string, Json>, group: string | null, startedAt: number): WireWriter {
  const start = new WireWriter()
  for (const [name, setting] of settings) start.message(1, new WireWriter().string(1, name).message(2, settingValue(setting)))
  if (group !== null) start.string(4, group)
  start.double(5, startedAt / 1000)
  return sessionValue('_hparams_/session_start_info', new WireWriter().message(3, start))
}

const STATUS = { finished: 1, failed: 2, running: 3 } as const

export function sessionEndValue(status: keyof typeof STATUS, endedAt: number): WireWriter {
  return sessionValue('_hparams_/session_end_info', new WireWriter().message(4, new WireWriter().int64(1, STATUS[status]).double(2, endedAt / 1000)))
}

function sessionValue(tag: string, content: WireWriter): WireWriter {
  const nothing = new WireWriter().int64(1, FLOAT_DTYPE).message(2, shape(1)).data(4, new Uint8Array(4))
  return value(tag, nothing, metadata('hparams', 0, content.done()))
}

/** `google.protobuf.Value`; lists and what is missing as text. */
function settingValue(setting: Json): WireWriter {
  if (typeof setting === 'number') return new WireWriter().double(2, setting)
  if (typeof setting === 'boolean') return new WireWriter().bool(4, setting)
  return new WireWriter().string(3, typeof setting === 'string' ? setting : JSON.stringify(setting satisfies Json | JsonObject))
}
