const text = new TextDecoder()

interface Entry {
  bytes: Uint8Array
  /** The bytes four at a time, for comparing; what is left over is compared singly. */
  words: Int32Array
  index: number
  /** The tag that came after it the last time: most programs log theirs in the same order at every step. */
  next: Entry | null
}

/** Numbers the tags of a run by their bytes, so that a tag seen before costs no string. */
export class TagTable {
  readonly names: string[] = []
  private readonly byHash = new Map<number, Entry[]>()
  private readonly byName = new Map<string, number>()
  private last: Entry | null = null

  /** Number of the tag in bytes[from, to). `view` is over the same bytes. */
  index(bytes: Uint8Array, view: DataView, from: number, to: number): number {
    const guess = this.last?.next
    if (guess && isSame(guess, bytes, view, from, to)) {
      this.last = guess
      return guess.index
    }
    const entry = this.find(bytes, view, from, to)
    if (this.last) this.last.next = entry
    this.last = entry
    return entry.index
  }

  private find(bytes: Uint8Array, view: DataView, from: number, to: number): Entry {
    let hash = to - from
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0
    const entries = this.byHash.get(hash)
    if (entries) for (const entry of entries) if (isSame(entry, bytes, view, from, to)) return entry
    const copy = bytes.slice(from, to)
    const entry: Entry = { bytes: copy, words: wordsOf(copy), index: this.indexOf(text.decode(copy)), next: null }
    if (entries) entries.push(entry)
    else this.byHash.set(hash, [entry])
    return entry
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

function wordsOf(bytes: Uint8Array): Int32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Int32Array.from({ length: bytes.length >> 2 }, (_, i) => view.getInt32(4 * i, true))
}

function isSame({ bytes: known, words }: Entry, bytes: Uint8Array, view: DataView, from: number, to: number): boolean {
  if (known.length !== to - from) return false
  for (let i = 0; i < words.length; i++) if (words[i] !== view.getInt32(from + 4 * i, true)) return false
  for (let i = 4 * words.length; i < known.length; i++) if (known[i] !== bytes[from + i]) return false
  return true
}
