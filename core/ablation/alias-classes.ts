/** Effects as sets of factors (bit i: factor i) that one design cannot tell apart, because their columns of signs agree. */
export interface AliasClass {
  /** The effect of lowest order in it. */
  word: number
  /** Sign of each corner in its contrast. */
  signs: Int8Array
  aliases: { word: number; sign: 1 | -1 }[]
}

/** Number of factors in a word. */
export function orderOf(word: number): number {
  let bits = 0
  for (let rest = word; rest > 0; rest >>= 1) bits += rest & 1
  return bits
}

/**
 * Groups all effects of a two-level design by their columns. `defining`: words whose column never changes, so that they are mixed up with
 * the mean (for C = AB that is ABC). Null when the corners are no regular fraction: then columns overlap in part and effects blur.
 */
export function aliasClasses(factors: number, corners: readonly number[]): { classes: AliasClass[]; defining: number[] } | null {
  const full = 2 ** factors - 1
  const words = Array.from({ length: full }, (_, i) => i + 1).sort((a, b) => orderOf(a) - orderOf(b) || a - b)
  const classes = new Map<string, AliasClass>()
  const defining: number[] = []
  for (const word of words) {
    const signs = Int8Array.from(corners, (corner) => (orderOf(word & ~corner) % 2 === 0 ? 1 : -1))
    const sum = signs.reduce((total, sign) => total + sign, 0)
    if (Math.abs(sum) === corners.length) defining.push(word)
    // Every column of a regular fraction is balanced or constant.
    else if (sum !== 0) return null
    else {
      const first = signs[0] === 1 ? 1 : -1
      const key = signs.map((sign) => sign * first).join()
      const known = classes.get(key)
      if (known) known.aliases.push({ word, sign: known.signs[0] === signs[0] ? 1 : -1 })
      else classes.set(key, { word, signs, aliases: [] })
    }
  }
  return classes.size === corners.length - 1 ? { classes: [...classes.values()], defining } : null
}
