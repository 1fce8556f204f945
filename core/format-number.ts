/** Words for what is not a finite number; never blank, never rounded away. */
function formatNonFinite(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? 'Inf' : '-Inf'
}

/**
 * A measured value with `digits` significant digits (default 4), trailing zeros dropped: 0.1235, 1234, 1.5e-7.
 * Whole numbers below 1e7 are shown in full. NaN and ±Infinity are written as NaN, Inf, -Inf.
 */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return formatNonFinite(value)
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e7) return String(value)
  if (size >= 1e6 || size < 1e-4) return tidyExponent(value.toExponential(digits - 1))
  if (size >= 10 ** (digits - 1)) return value.toFixed(0)
  return value.toPrecision(digits).replace(/\.?0+$/, '')
}

/** Like `formatNumber` with trailing zeros kept, so that the figures of a column line up: 0.8550, 0.1000; whole numbers stay whole. */
export function formatFigure(value: number, digits = 4): string {
  const size = Math.abs(value)
  return Number.isInteger(value) || !(size >= 1e-4 && size < 10 ** (digits - 1)) ? formatNumber(value, digits) : value.toPrecision(digits)
}

/** The value as typed: every digit a double needs to be read back exactly. */
export function formatExactNumber(value: number): string {
  return Number.isFinite(value) ? String(value) : formatNonFinite(value)
}

/** 12345 → `12,345`. */
export function formatCount(value: number): string {
  if (!Number.isFinite(value)) return formatNonFinite(value)
  return String(Math.round(value)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/**
 * Mean ± sample standard deviation, both cut at the second significant digit of the spread: `0.9312 ± 0.0046`.
 * `sd` null (one value) gives the mean alone.
 */
export function formatSpread(mean: number, sd: number | null): { mean: string; sd: string | null } {
  if (sd === null || !Number.isFinite(mean) || !Number.isFinite(sd)) return { mean: formatNumber(mean), sd: sd === null ? null : formatNumber(sd) }
  if (sd === 0) return { mean: formatNumber(mean), sd: '0' }
  const size = Math.max(Math.abs(mean), sd)
  if (size >= 1e6 || size < 1e-4) return { mean: tidyExponent(mean.toExponential(2)), sd: tidyExponent(sd.toExponential(1)) }
  const decimals = 1 - Math.floor(Math.log10(sd))
  if (decimals > 6) return { mean: formatNumber(mean), sd: formatNumber(sd, 2) }
  const places = Math.max(0, decimals)
  return { mean: mean.toFixed(places), sd: sd.toFixed(places) }
}

function tidyExponent(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e')
  return `${mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa}e${exponent.replace('+', '')}`
}
