/** Numbers of the standard normal distribution from uniform ones in [0, 1) (Box–Muller; one of each pair is used, so no state is kept). */
export function normalRandom(random: () => number): number {
  // 1 − u is never 0.
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
