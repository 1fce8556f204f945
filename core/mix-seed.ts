/**
 * One 32-bit seed of a seed and further numbers (epoch, step, layer …), so that each has random numbers of its own that need no state.
 * Neighbouring numbers give unrelated seeds. Whole numbers count up to 2^53.
 */
export function mixSeed(seed: number, ...parts: number[]): number {
  let mixed = 0x9e3779b9
  for (const part of [seed, ...parts]) {
    mixed = scramble(mixed ^ (part >>> 0))
    mixed = scramble(mixed + (Math.floor(part / 2 ** 32) >>> 0) + 0x85ebca6b)
  }
  return mixed >>> 0
}

/** Every bit of the result depends on every bit of the input (the last steps of MurmurHash3). */
function scramble(bits: number): number {
  let mixed = bits | 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
