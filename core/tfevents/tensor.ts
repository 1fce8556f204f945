import { FIXED32, FIXED64, VARINT, type WireReader } from './wire.ts'

/** A tensor as it stands in the file; `tensorNumbers` and `tensorStrings` give its contents. */
export interface Tensor {
  dtype: number
  /** Empty for a single value; −1 for a size that is not known. */
  shape: number[]
  content: Uint8Array
  /** The typed list, whichever of them was written. */
  list: number[]
  strings: Uint8Array[]
}

/** Element types by their number in `DataType`. */
export const DTYPES: Record<number, { name: string; bytes: number; read(view: DataView, at: number): number }> = {
  1: { name: 'float32', bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  2: { name: 'float64', bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  3: { name: 'int32', bytes: 4, read: (view, at) => view.getInt32(at, true) },
  4: { name: 'uint8', bytes: 1, read: (view, at) => view.getUint8(at) },
  5: { name: 'int16', bytes: 2, read: (view, at) => view.getInt16(at, true) },
  6: { name: 'int8', bytes: 1, read: (view, at) => view.getInt8(at) },
  9: { name: 'int64', bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  10: { name: 'bool', bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
  14: { name: 'bfloat16', bytes: 2, read: (view, at) => bfloat16(view.getUint16(at, true)) },
  17: { name: 'uint16', bytes: 2, read: (view, at) => view.getUint16(at, true) },
  19: { name: 'float16', bytes: 2, read: (view, at) => float16(view.getUint16(at, true)) },
  22: { name: 'uint32', bytes: 4, read: (view, at) => view.getUint32(at, true) },
  23: { name: 'uint64', bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
}

export const STRING_DTYPE = 7

export function dtypeName(dtype: number): string {
  return dtype === STRING_DTYPE ? 'string' : (DTYPES[dtype]?.name ?? `type ${dtype}`)
}

export function readTensor(fields: WireReader): Tensor {
  const tensor: Tensor = { dtype: 0, shape: [], content: new Uint8Array(0), list: [], strings: [] }
  while (fields.next()) {
    if (fields.field === 1) tensor.dtype = fields.int32()
    else if (fields.field === 2) tensor.shape = readShape(fields.message())
    else if (fields.field === 4) tensor.content = fields.subarray()
    else if (fields.field === 5) fields.repeated(tensor.list, FIXED32, (at) => at.float())
    else if (fields.field === 6) fields.repeated(tensor.list, FIXED64, (at) => at.double())
    else if (fields.field === 7 || fields.field === 13) fields.repeated(tensor.list, VARINT, (at) => at.int32())
    else if (fields.field === 8) tensor.strings.push(fields.subarray())
    else if (fields.field === 10) fields.repeated(tensor.list, VARINT, (at) => at.int64())
    else if (fields.field === 11) fields.repeated(tensor.list, VARINT, (at) => (at.bool() ? 1 : 0))
    else if (fields.field === 16 || fields.field === 17) fields.repeated(tensor.list, VARINT, (at) => at.uint64())
    else fields.skip()
  }
  return tensor
}

export function readShape(fields: WireReader): number[] {
  const shape: number[] = []
  while (fields.next()) {
    if (fields.field !== 2) {
      fields.skip()
      continue
    }
    let size = 0
    const dimension = fields.message()
    while (dimension.next()) {
      if (dimension.field === 1) size = dimension.int64()
      else dimension.skip()
    }
    shape.push(size)
  }
  return shape
}

/** Elements of a shape; a missing shape is a single value. */
export function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** More numbers than any value of an event file holds for a reason; a list of one would otherwise be repeated without end. */
const ELEMENTS_MAX = 16 * 2 ** 20

/**
 * Every element as a float64, row by row; text that says why not, otherwise. The raw contents win over the typed list, and a list of one
 * fills the shape. A typed list without a shape (as PyTorch's newer scalars are written) is taken as long as it is.
 */
export function tensorNumbers(tensor: Tensor): Float64Array | string {
  const type = DTYPES[tensor.dtype]
  if (!type) return `a tensor of ${dtypeName(tensor.dtype)} holds no numbers`
  const { content, list, shape } = tensor
  const wanted = elements(shape)
  if (!(wanted >= 0 && wanted <= ELEMENTS_MAX)) return `a tensor of shape [${shape.join(', ')}]`
  if (content.length > 0) {
    if (content.length !== wanted * type.bytes)
      return `${content.length} bytes for shape [${shape.join(', ')}] of ${type.name}, which needs ${wanted * type.bytes}`
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
    return Float64Array.from({ length: wanted }, (_, index) => type.read(view, index * type.bytes))
  }
  const values = type.name === 'float16' ? list.map(float16) : type.name === 'bfloat16' ? list.map(bfloat16) : list
  if (values.length === wanted) return Float64Array.from(values)
  if (values.length === 1) return new Float64Array(wanted).fill(values[0]!)
  // Protocol buffers leave out a list of zeros that is not there at all.
  if (values.length === 0) return wanted === 0 ? new Float64Array(0) : `no values for shape [${shape.join(', ')}]`
  return `${values.length} values for shape [${shape.join(', ')}]`
}

/** IEEE half precision from its bits. */
export function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const single = new DataView(new ArrayBuffer(4))

/** The upper half of a float32. */
export function bfloat16(bits: number): number {
  single.setUint32(0, (bits & 0xffff) << 16)
  return single.getFloat32(0)
}
