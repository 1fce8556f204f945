import { LOG10_RATIO, type Log10RatioHistogram } from './kinds/histogram.ts'

/**
 * How much one update changed a weight tensor: the L2 ratio ‖Δw‖/‖w‖ and the element-wise histogram of |Δw|/|w|.
 *
 * Bin k holds edge(k) ≤ |Δw|/|w| < edge(k + 1), where edge(k) is 10^(−8 + k/8) as a double. The quotient is taken in double
 * precision and compared with those edges themselves: no element is in a neighbouring bin. `Math.floor((Math.log10(q) + 8) * 8)`
 * gives the same bin except within 1e-14 (relative) of an edge, where that formula itself rounds.
 */

const { low, bins } = LOG10_RATIO
const BINS_PER_DECADE = bins / (LOG10_RATIO.high - low)

/** 81 edges, increasing, from 1e-8 to 1e2. */
export const RATIO_EDGES: readonly number[] = Array.from({ length: bins + 1 }, (_, k) => {
  const exponent = low + k / BINS_PER_DECADE
  // `Number('1e-7')` is correctly rounded; `10 ** -7` need not be.
  return Number.isInteger(exponent) ? Number(`1e${exponent}`) : 10 ** exponent
})

/** Slots of a tally: 0…4 the counters, 5…84 the bins. */
export const RATIO_SLOT = { zero: 0, underflow: 1, overflow: 2, tinyWeight: 3, nonFinite: 4, firstBin: 5 } as const
export const RATIO_SLOTS = RATIO_SLOT.firstBin + bins

/** A weight smaller than this has no meaningful ratio. */
export const TINY_WEIGHT = 1e-12

/**
 * Slot at the lower end of each interval of doubles that share their upper 16 bits (sign, exponent, four bits of mantissa), and
 * the next edge above it. Such an interval is at most 0.026 decades wide, a bin 0.125: it holds at most one edge, so one look-up
 * and one comparison find the exact bin.
 */
const SLOT_BELOW = new Uint8Array(0x8000)
const EDGE_ABOVE = new Float64Array(0x8000)
{
  const bits = new DataView(new ArrayBuffer(8))
  for (let high = 0; high < 0x8000; high++) {
    bits.setUint16(0, high)
    const start = bits.getFloat64(0)
    let k = -1
    while (k < bins && RATIO_EDGES[k + 1]! <= start) k++
    SLOT_BELOW[high] = k < 0 ? RATIO_SLOT.underflow : k >= bins ? RATIO_SLOT.overflow : RATIO_SLOT.firstBin + k
    // NaN: no edge above, no quotient passes it.
    EDGE_ABOVE[high] = RATIO_EDGES[k + 1] ?? Number.NaN
  }
}

function slotAfter(slot: number): number {
  if (slot === RATIO_SLOT.underflow) return RATIO_SLOT.firstBin
  return slot === RATIO_SLOTS - 1 ? RATIO_SLOT.overflow : slot + 1
}

const SCRATCH = new Float64Array(1)
const SCRATCH_BITS = new Uint16Array(SCRATCH.buffer)
/** Index of the most significant 16 bits of the double: 3 on little-endian machines, 0 on big-endian ones. */
const HIGH_HALF = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 3 : 0

/** Slot of one positive finite or infinite quotient |Δw|/|w|. */
export function ratioSlot(quotient: number): number {
  SCRATCH[0] = quotient
  const high = SCRATCH_BITS[HIGH_HALF]!
  const slot = SLOT_BELOW[high]!
  return quotient >= EDGE_ABOVE[high]! ? slotAfter(slot) : slot
}

type Numbers = ArrayLike<number>

export interface UpdateTally {
  /** Sum of Δw² and of w² (before the update), in double precision. */
  updateSquares: number
  weightSquares: number
  /** RATIO_SLOTS counts. */
  slots: Float64Array
}

/** Measures one tensor: its values before and after the update. One pass. */
export function tallyUpdate(before: Numbers, after: Numbers): UpdateTally {
  const slots = new Float64Array(RATIO_SLOTS)
  let updateSquares = 0
  let weightSquares = 0
  for (let i = 0; i < before.length; i++) {
    const weight = before[i]!
    const update = after[i]! - weight
    updateSquares += update * update
    weightSquares += weight * weight
    const size = Math.abs(weight)
    if (update === 0) slots[RATIO_SLOT.zero]!++
    else if (!(Math.abs(update) < Number.POSITIVE_INFINITY && size < Number.POSITIVE_INFINITY)) slots[RATIO_SLOT.nonFinite]!++
    else if (size < TINY_WEIGHT) slots[RATIO_SLOT.tinyWeight]!++
    else slots[ratioSlot(Math.abs(update) / size)]!++
  }
  return { updateSquares, weightSquares, slots }
}

/** The sums alone, for steps without a histogram. */
export function updateSquares(before: Numbers, after: Numbers): { updateSquares: number; weightSquares: number } {
  let updates = 0
  let weights = 0
  for (let i = 0; i < before.length; i++) {
    const weight = before[i]!
    const update = after[i]! - weight
    updates += update * update
    weights += weight * weight
  }
  return { updateSquares: updates, weightSquares: weights }
}

/**
 * ‖Δw‖₂/‖w‖₂, w before the update (CS231n, "Ratio of weights:updates"; about 1e-3 is usual). Null when ‖w‖ = 0, where there is
 * no ratio; NaN when a weight or its update is not finite.
 */
export function updateRatio({ updateSquares, weightSquares }: { updateSquares: number; weightSquares: number }): number | null {
  return weightSquares === 0 ? null : Math.sqrt(updateSquares / weightSquares)
}

/** The tally's slots as the record kind `histogram` keeps them. */
export function ratioHistogram(slots: Numbers): Log10RatioHistogram {
  return {
    layout: LOG10_RATIO.layout,
    counts: Array.from({ length: bins }, (_, k) => slots[RATIO_SLOT.firstBin + k]!),
    zero: slots[RATIO_SLOT.zero]!,
    underflow: slots[RATIO_SLOT.underflow]!,
    overflow: slots[RATIO_SLOT.overflow]!,
    tinyWeight: slots[RATIO_SLOT.tinyWeight]!,
    nonFinite: slots[RATIO_SLOT.nonFinite]!,
  }
}

/** Updates that rounding to float32 swallowed: the gradient was not 0, yet the weight did not change. */
export function lostUpdates(before: Numbers, after: Numbers, gradient: Numbers): number {
  let lost = 0
  for (let i = 0; i < before.length; i++) if (gradient[i] !== 0 && after[i] === before[i]) lost++
  return lost
}

/** In double precision; NaN and Infinity come through. */
export function sumOfSquares(values: Numbers): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!
  return sum
}
