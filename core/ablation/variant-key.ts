/**
 * Short name of a config's canonical text: 53 bits of two multiplicative hashes (cyrb53), in base 36. The same settings get the same key
 * whenever a study is found again.
 */
export function variantKey(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2654435761)
    b = Math.imul(b ^ code, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return `v${(4294967296 * (2097151 & b) + (a >>> 0)).toString(36)}`
}
