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

/** Replaces every Float64Array and Uint8Array in plain objects and arrays by its packed form. */
export function pack<T>(value: T): Packed<T> {
  if (value instanceof Float64Array)
    return { type: 'f64', base64: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) } as Packed<T>
  if (value instanceof Uint8Array) return { type: 'u8', base64: toBase64(value) } as Packed<T>
  if (Array.isArray(value)) return value.map(pack) as Packed<T>
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)])) as Packed<T>
  return value as Packed<T>
}

function isPacked(value: object): value is PackedArray {
  const packed = value as Partial<PackedArray>
  return typeof packed.base64 === 'string' && (packed.type === 'f64' || packed.type === 'u8')
}

/** Inverse of `pack`. */
export function unpack<T>(value: Packed<T>): T {
  if (Array.isArray(value)) return value.map((item) => unpack(item)) as T
  if (value !== null && typeof value === 'object') {
    if (isPacked(value)) {
      const bytes = fromBase64(value.base64)
      return (value.type === 'u8' ? bytes : new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8)) as T
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item as never)])) as T
  }
  return value as T
}
