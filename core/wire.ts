/** Typed arrays inside JSON: base64 of the little-endian bytes. NaN and ±Infinity survive bit-exact, which JSON numbers do not. */
export type PackedArray = { type: 'f64' | 'u8'; base64: string }

export type Packed<T> = T extends Float64Array | Uint8Array
  ? PackedArray
  : T extends (infer U)[]
    ? Packed<U>[]
    : T extends object
      ? { [K in keyof T]: Packed<T[K]> }
      : T

type WithBase64 = Uint8Array & { toBase64?: () => string }
type FromBase64 = typeof Uint8Array & { fromBase64?: (text: string) => Uint8Array }
type NodeBuffer = {
  from(data: ArrayBufferLike | string, offset?: number | 'base64', length?: number): Uint8Array & { toString(encoding: 'base64'): string }
}
const nodeBuffer = (globalThis as { Buffer?: NodeBuffer }).Buffer

function toBase64(bytes: Uint8Array): string {
  if (nodeBuffer) return nodeBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  const native = (bytes as WithBase64).toBase64
  if (native) return native.call(bytes)
  let text = ''
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(text)
}

function fromBase64(text: string): Uint8Array {
  const native = (Uint8Array as FromBase64).fromBase64
  if (native) return native(text)
  if (nodeBuffer) return Uint8Array.from(nodeBuffer.from(text, 'base64'))
  const raw = atob(text)
  const bytes = new Uint8Array(raw.length)
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i)
  return bytes
}

/** Replaces every Float64Array and Uint8Array in plain objects and arrays by its packed form. What holds none is not copied. */
export function pack<T>(value: T): Packed<T> {
  if (value instanceof Float64Array)
    return { type: 'f64', base64: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) } as Packed<T>
  if (value instanceof Uint8Array) return { type: 'u8', base64: toBase64(value) } as Packed<T>
  if (Array.isArray(value)) return value.map(pack) as Packed<T>
  if (value !== null && typeof value === 'object') {
    const packed = needsPacking(value) ? mapValues(value, pack) : value
    return (looksPacked(value) ? { type: 'escaped', value: packed } : packed) as Packed<T>
  }
  return value as Packed<T>
}

/** True when packing would change anything below this object. Looking is several times cheaper than copying: a thousand runs hold a thousand configs. */
function needsPacking(value: object): boolean {
  for (const key of Object.keys(value)) {
    const item = (value as Record<string, unknown>)[key]
    if (item === null || typeof item !== 'object') continue
    if (item instanceof Uint8Array || item instanceof Float64Array || looksPacked(item) || needsPacking(item)) return true
  }
  return false
}

/** Someone's own object that looks like one of ours (in a run's config, say) travels inside `{ type: 'escaped', value }`. */
function looksPacked(value: object): boolean {
  const { type } = value as { type?: unknown }
  return type === 'f64' || type === 'u8' || type === 'escaped'
}

function mapValues(value: object, map: (item: never) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item as never)]))
}

/** Inverse of `pack`. */
export function unpack<T>(value: Packed<T>): T {
  if (Array.isArray(value)) return value.map((item) => unpack(item)) as T
  if (value !== null && typeof value === 'object') {
    if (!looksPacked(value)) return mapValues(value, unpack) as T
    const packed = value as PackedArray | { type: 'escaped'; value: object }
    if (packed.type === 'escaped') return mapValues(packed.value, unpack) as T
    const bytes = fromBase64(packed.base64)
    return (packed.type === 'u8' ? bytes : new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8)) as T
  }
  return value as T
}
