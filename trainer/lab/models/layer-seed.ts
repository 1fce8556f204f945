/**
 * A 32-bit seed for one purpose: a hash (FNV-1a, then mixed) of a seed and names or numbers. It depends on nothing but these,
 * so what is added to or taken from a model changes nobody else's numbers.
 */
export function layerSeed(seed: number, ...parts: (string | number)[]): number {
  let hash = 0x811c9dc5
  for (const character of [seed, ...parts].join('\0')) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
