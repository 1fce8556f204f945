/**
 * Decimal rounding for printed numbers, half up, away from zero. `toFixed` rounds the binary value (0.285 → 0.28), so values are first
 * taken to 12 significant decimal digits: what is left of binary noise is gone, and halves are halves.
 */
const SIGNIFICANT = 12

interface Decimal {
  negative: boolean
  /** 12 digits as one whole number. */
  digits: bigint
  /** The value is digits × 10^scale. */
  scale: number
}

function toDecimal(value: number): Decimal {
  const [mantissa = '0', exponent = '0'] = Math.abs(value)
    .toExponential(SIGNIFICANT - 1)
    .split('e')
  return { negative: value < 0, digits: BigInt(mantissa.replace('.', '')), scale: Number(exponent) - (SIGNIFICANT - 1) }
}

/**
 * The number with `places` decimals (0 or more), after multiplying by 10^`power` (2 for fractions shown as percent, exact in decimal).
 * A result that rounds to zero has no sign. NaN and ±Infinity are spelled NaN, Inf, -Inf.
 */
export function toDecimals(value: number, places: number, power = 0): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf'
  const { negative, digits, scale } = toDecimal(value)
  const shift = scale + power + places
  let whole = digits
  if (shift >= 0) whole *= 10n ** BigInt(shift)
  else {
    const divisor = 10n ** BigInt(-shift)
    whole = (digits * 2n + divisor) / (divisor * 2n)
  }
  const text = whole.toString().padStart(places + 1, '0')
  const sign = negative && whole !== 0n ? '-' : ''
  return places === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -places)}.${text.slice(-places)}`
}

/**
 * How many decimals an uncertainty needs to show `figures` significant figures, a carry included: 0.0962 with one figure is 0.1, so one
 * decimal. Null for an uncertainty that is zero or not finite: it says nothing about digits.
 */
export function uncertaintyPlaces(uncertainty: number, figures: number, power = 0): number | null {
  if (!Number.isFinite(uncertainty) || uncertainty <= 0) return null
  const exponent = Number(uncertainty.toExponential(SIGNIFICANT - 1).split('e')[1]) + power
  const places = figures - 1 - exponent
  const rounded = toDecimals(uncertainty, Math.max(0, places), power)
  const carried = Number(rounded) >= 10 ** (exponent + 1)
  return Math.max(0, carried ? places - 1 : places)
}

/** With a sign always: +1.20, -0.35; a difference that rounds to zero has none. */
export function toSignedDecimals(value: number, places: number, power = 0): string {
  const text = toDecimals(value, places, power)
  return value > 0 && Number(text) !== 0 && !text.startsWith('+') ? `+${text}` : text
}
