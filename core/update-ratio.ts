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

/** Slots of a tally: what has no ratio first, then underflow, the 80 bins and overflow in order of size. */
export const RATIO_SLOT = { zero: 0, nonFinite: 1, tinyWeight: 2, underflow: 3, firstBin: 4, overflow: 4 + bins } as const
export const RATIO_SLOTS = RATIO_SLOT.overflow + 1

/** A weight smaller than this has no meaningful ratio. */
export const TINY_WEIGHT = 1e-12

/**
 * Slot at the lower end of each interval of doubles that share their upper 16 bits (sign, exponent, four bits of mantissa), and
 * the next edge above it. Such an interval is at most 0.026 decades wide, a bin 0.125: it holds at most one edge, so one look-up
 * and one comparison find the exact bin.
 */
const SLOT_BELOW = new Uint8Array(0x8000)
/** NaN where there is no edge above: no quotient passes it. */
const EDGE_ABOVE = new Float64Array(0x8000)
{
  const bits = new DataView(new ArrayBuffer(8))
  for (let high = 0; high < 0x8000; high++) {
    bits.setUint16(0, high)
    const start = bits.getFloat64(0)
    let k = 0
    while (k <= bins && RATIO_EDGES[k]! <= start) k++
    SLOT_BELOW[high] = RATIO_SLOT.underflow + k
    EDGE_ABOVE[high] = RATIO_EDGES[k] ?? Number.NaN
  }
}

/** Quotients are written here a chunk at a time and their upper bits read back: twice as fast as one by one. */
const CHUNK = 1024
const quotients = new Float64Array(CHUNK)
const halves = new Uint16Array(quotients.buffer)
/** Index of the most significant 16 bits of a double: 3 on little-endian machines, 0 on big-endian ones. */
const HIGH_HALF = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 3 : 0

/** Slot of `quotients[i]`, which must be positive or 0. */
function slotAt(i: number): number {
  const high = halves[4 * i + HIGH_HALF]!
  // Not a branch: which side of an edge a quotient falls on cannot be guessed.
  return SLOT_BELOW[high]! + Number(quotients[i]! >= EDGE_ABOVE[high]!)
}

/** Slot of one positive quotient |Δw|/|w|. */
export function ratioSlot(quotient: number): number {
  quotients[0] = quotient
  return slotAt(0)
}

type Numbers = ArrayLike<number>

export interface UpdateTally {
  /** Sum of Δw² and of w² (before the update), in double precision. */
  updateSquares: number
  weightSquares: number
  /** RATIO_SLOTS counts. */
  slots: Float64Array
  /** Updates that rounding to float32 swallowed: the gradient was not 0, yet the weight did not change. Null without a gradient. */
  lost: number | null
}

/** Measures one tensor: its values before and after the update, and its gradient where there is one. */
export function tallyUpdate(before: Numbers, after: Numbers, gradient: Numbers | null = null): UpdateTally {
  const slots = new Float64Array(RATIO_SLOTS)
  let updateSquares = 0
  let weightSquares = 0
  let lost = 0
  for (let start = 0; start < before.length; start += CHUNK) {
    const length = Math.min(CHUNK, before.length - start)
    for (let i = 0; i < length; i++) {
      const weight = before[start + i]!
      const update = after[start + i]! - weight
      const size = Math.abs(weight)
      updateSquares += update * update
      weightSquares += weight * weight
      quotients[i] = size < TINY_WEIGHT ? 0 : Math.abs(update) / size
    }
    for (let i = 0; i < length; i++) {
      const quotient = quotients[i]!
      if (quotient > 0 && quotient < Number.POSITIVE_INFINITY) slots[slotAt(i)]!++
      else {
        const slot = oddSlot(before[start + i]!, after[start + i]!)
        slots[slot]!++
        if (slot === RATIO_SLOT.zero && gradient && gradient[start + i] !== 0) lost++
      }
    }
  }
  return { updateSquares, weightSquares, slots, lost: gradient && lost }
}

/** Slot of an element whose quotient is no positive finite number. */
function oddSlot(weight: number, after: number): number {
  const update = after - weight
  if (update === 0) return RATIO_SLOT.zero
  if (!Number.isFinite(update) || !Number.isFinite(weight)) return RATIO_SLOT.nonFinite
  if (Math.abs(weight) < TINY_WEIGHT) return RATIO_SLOT.tinyWeight
  // The division of doubles itself under- or overflowed.
  return Math.abs(update) < Math.abs(weight) ? RATIO_SLOT.underflow : RATIO_SLOT.overflow
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

/** In double precision; NaN and Infinity come through. */
export function sumOfSquares(values: Numbers): number {
  // Four sums: with one, every addition waits for the one before.
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  const whole = values.length - (values.length % 4)
  for (let i = 0; i < whole; i += 4) {
    a += values[i]! * values[i]!
    b += values[i + 1]! * values[i + 1]!
    c += values[i + 2]! * values[i + 2]!
    d += values[i + 3]! * values[i + 3]!
  }
  for (let i = whole; i < values.length; i++) a += values[i]! * values[i]!
  return a + b + (c + d)
}
