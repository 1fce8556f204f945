import { seededRandom } from './seeded-random.ts'

/**
 * Units of a layer that compute the same thing: equal incoming weights get equal gradients and stay equal, so a layer begun with one
 * constant has, in effect, a single unit.
 *
 * Each unit is told by a sketch: the norm of its incoming weights and their products with three fixed random directions. Equal units have
 * equal sketches; two that differ have equal ones only by a chance of about 1e-9. The largest cosine between two units would not do:
 * among 64 units of two inputs some pair always points the same way.
 */
export const SKETCH_DIRECTIONS = 3
/** Sketches agree when they differ by less than this share of the norm. Float32 sums err by far less. */
const TOLERANCE = 1e-3

/** Directions as a matrix [3, inputs] of values from −1 to 1, row after row; the same for every layer of that many inputs. */
export function sketchDirections(inputs: number): Float32Array {
  const random = seededRandom(inputs)
  return Float32Array.from({ length: SKETCH_DIRECTIONS * inputs }, () => random() * 2 - 1)
}

/**
 * Share of units whose sketch is that of another unit, from 0 to 1. Units without any weight other than 0 are all alike; a unit that is
 * not finite is like no other.
 * @param norms L2 norm of each unit's incoming weights
 * @param products [3, units], row after row: weights times directions
 */
export function twinShare(norms: ArrayLike<number>, products: ArrayLike<number>): number {
  const units = norms.length
  if (units === 0) return 0
  const order = Array.from({ length: units }, (_, unit) => unit)
    .filter((unit) => Number.isFinite(norms[unit]))
    .sort((a, b) => (products[a] as number) - (products[b] as number))
  const alike = (a: number, b: number): boolean => {
    const limit = TOLERANCE * Math.max(norms[a] as number, norms[b] as number)
    if (Math.abs((norms[a] as number) - (norms[b] as number)) > limit) return false
    for (let direction = 0; direction < SKETCH_DIRECTIONS; direction++)
      if (!(Math.abs((products[direction * units + a] as number) - (products[direction * units + b] as number)) <= limit)) return false
    return true
  }
  // Alike units lie side by side in the order of their first product.
  const twin = new Uint8Array(units)
  for (let at = 1; at < order.length; at++) {
    if (!alike(order[at - 1] as number, order[at] as number)) continue
    twin[order[at - 1] as number] = 1
    twin[order[at] as number] = 1
  }
  return twin.reduce((sum, one) => sum + one, 0) / units
}
