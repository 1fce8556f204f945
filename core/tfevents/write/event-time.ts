import { nextDown } from '../../next-down.ts'

/**
 * Seconds that a reader turns back into exactly these milliseconds: event files have seconds, which times 1000 are not always the milliseconds they
 * were made of. For times after November 2004 there is always one such number; before, the nearest is given.
 */
export function eventSeconds(ms: number): number {
  const plain = ms / 1000
  if (!Number.isFinite(plain) || plain * 1000 === ms) return plain
  const below = nextDown(plain)
  if (below * 1000 === ms) return below
  const above = -nextDown(-plain)
  return above * 1000 === ms ? above : plain
}
