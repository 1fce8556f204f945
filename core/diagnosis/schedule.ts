import type { Curve } from './series/curve.ts'

/** What the learning rate did, as far as it was logged. */
export interface Schedule {
  /** Whether a learning rate was logged at all. */
  known: boolean
  /** Step from which the rate was near its peak: the end of a warm-up, else the first step. */
  warmUpEnd: number
  /** Sudden drops to half or less. */
  drops: { step: number; factor: number }[]
  /** Sudden rises to twice or more after the warm-up: warm restarts. */
  restarts: number[]
  /** Step from which the rate was the same up to the end, within 1 %. */
  constantFrom: number
  peak: number
  last: number
}

const NEAR_PEAK = 0.9
/** A rate that begins below this share of its peak and rises is a warm-up. */
const WARM_UP_START = 0.5
/** A warm-up that takes longer is a schedule with a late peak, one-cycle for example: its first part counts. */
const SUDDEN = 2
const LEVEL = 1.05
const STEADY = 1.2

export function readSchedule(rate: Curve | null, firstStep: number): Schedule {
  if (rate === null || rate.n === 0)
    return { known: false, warmUpEnd: firstStep, drops: [], restarts: [], constantFrom: firstStep, peak: Number.NaN, last: Number.NaN }
  const { n, step, value } = rate
  let peak = 0
  for (let i = 0; i < n; i++) if (value[i]! > peak) peak = value[i]!
  let warm = 0
  if (value[0]! < WARM_UP_START * peak) {
    while (warm < n && value[warm]! < NEAR_PEAK * peak && (warm === 0 || value[warm]! >= value[warm - 1]!)) warm++
    // It never came near the peak of a later restart: no warm-up in one piece.
    if (warm === n) warm = n - 1
  }
  const drops: Schedule['drops'] = []
  const restarts: number[] = []
  let stable = warm
  for (let i = warm + 1; i < n; i++) {
    if (value[i - 1]! / value[i]! <= 1 / SUDDEN) restarts.push(step[i]!)
    if (!isLevel(rate, i)) continue
    const factor = value[stable]! / value[i]!
    // The bin that the drop falls into has something in between.
    if (i - stable <= 2 && factor >= SUDDEN && isSudden(rate, stable, i)) drops.push({ step: (step[stable]! + step[i]!) / 2, factor })
    stable = i
  }
  const last = value[n - 1]!
  let constant = n - 1
  while (constant > 0 && Math.abs(value[constant - 1]! - last) <= 0.01 * Math.abs(last)) constant--
  return { known: true, warmUpEnd: warm === 0 ? firstStep : step[warm]!, drops, restarts, constantFrom: step[constant]!, peak, last }
}

/** Whether the rate was the same throughout the bin. */
function isLevel({ min, max }: Curve, i: number): boolean {
  return max[i]! <= LEVEL * min[i]!
}

/** A drop between two level stretches: the tail of a cosine halves from bin to bin too. */
function isSudden({ value, n }: Curve, before: number, after: number): boolean {
  const earlier = before >= 1 ? value[before - 1]! / value[before]! : 1
  const later = after + 1 < n ? value[after]! / value[after + 1]! : 1
  return earlier < STEADY && later < STEADY
}
