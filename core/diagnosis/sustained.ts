/** Samples in a row that must hold before a stretch counts, and that must not hold before it is over. */
export const TO_FIRE = 3
export const TO_CLEAR = 5

/** A stretch of samples: both ends are places in the series. */
export interface Stretch {
  from: number
  to: number
  /** Whether it goes on to the last sample. */
  open: boolean
}

/**
 * Stretches in which a condition held, with hysteresis over the samples themselves: it begins with `toFire` samples in a row and ends with
 * `toClear` in a row that do not hold. A single stray sample neither makes a finding nor ends one, however often somebody asks.
 */
export function sustained(n: number, holds: (i: number) => boolean, toFire = TO_FIRE, toClear = TO_CLEAR): Stretch[] {
  const found: Stretch[] = []
  let current: Stretch | null = null
  let row = 0
  let missed = 0
  for (let i = 0; i < n; i++) {
    if (holds(i)) {
      row++
      missed = 0
      if (current) current.to = i
      else if (row >= toFire) current = { from: i - row + 1, to: i, open: true }
      continue
    }
    row = 0
    if (current && ++missed >= toClear) {
      found.push({ ...current, open: false })
      current = null
    }
  }
  if (current) found.push(current)
  return found
}
