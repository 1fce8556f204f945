const text = new TextDecoder()

interface Entry {
  bytes: Uint8Array
  index: number
}

/** Numbers the tags of a run by their bytes, so that a tag seen before costs no string. */
export class TagTable {
  readonly names: string[] = []
  private readonly byHash = new Map<number, Entry[]>()
  private readonly byName = new Map<string, number>()

  /** Number of the tag in bytes[from, to). */
  index(bytes: Uint8Array, from: number, to: number): number {
    let hash = to - from
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0
    const entries = this.byHash.get(hash)
    if (entries) for (const entry of entries) if (isSame(entry.bytes, bytes, from, to)) return entry.index
    const copy = bytes.slice(from, to)
    const index = this.indexOf(text.decode(copy))
    if (entries) entries.push({ bytes: copy, index })
    else this.byHash.set(hash, [{ bytes: copy, index }])
    return index
  }

  /** The same for a tag that is text already. */
  indexOf(name: string): number {
    const known = this.byName.get(name)
    if (known !== undefined) return known
    const index = this.names.push(name) - 1
    this.byName.set(name, index)
    return index
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[from + i]) return false
  return true
}
