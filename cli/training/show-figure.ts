import { formatNumber } from '../format-value.ts'

/** A share as per cent with two digits; a dash when it was not measured. */
export function percent(value: number | undefined): string {
  if (value === undefined) return '–'
  return Number.isFinite(value) ? `${(value * 100).toFixed(2)} %` : formatNumber(value)
}

/** Four significant digits; a dash when it was not measured. */
export function short(value: number | undefined): string {
  return value === undefined ? '–' : formatNumber(Number(value.toPrecision(4)))
}
