import { divergingColour, linearRgb } from '../../../core/colour.ts'
import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { Normalisation } from './matrix-data.ts'
import type { MatrixCell, MatrixGrid } from './matrix-grid.ts'

const STEPS = 20

/** What the colour shows; null where there is nothing to divide by. */
export function amountOf(cell: MatrixCell, normalise: Normalisation): number | null {
  return { counts: cell.count, rows: cell.ofTruth, columns: cell.ofPredicted }[normalise]
}

/** Largest amount on the scale: all of a class, or the fullest cell. */
export function fullAmount(grid: MatrixGrid, normalise: Normalisation): number {
  return normalise === 'counts' ? Math.max(1, grid.most) : 1
}

/** 0…1, by the square root, so that rare confusions are seen beside a full diagonal; what is there at all is never quite pale. */
export function strength(amount: number, full: number): number {
  return amount === 0 ? 0 : Math.max(1, Math.round(Math.sqrt(Math.min(1, amount / full)) * STEPS)) / STEPS
}

/** Blue: right; orange: wrong. */
export function cellColour(share: number, right: boolean, theme: 'light' | 'dark'): string {
  return divergingColour(right ? -share : share, theme)
}

export interface ColourTick {
  /** 0…1 along the bar. */
  at: number
  label: string
}

export function colourTicks(full: number, normalise: Normalisation): ColourTick[] {
  if (normalise !== 'counts') return [0, 0.01, 0.1, 0.5, 1].map((share) => ({ at: Math.sqrt(share), label: `${100 * share} %` }))
  const quarter = full / 4
  return [0, ...(Number.isInteger(quarter) || full >= 40 ? [Math.round(quarter)] : []), full].map((count) => ({
    at: Math.sqrt(count / full),
    label: formatCount(count),
  }))
}

/**
 * Text of a cell, with a decimal of the percent or, where that is too wide, without. Rounding never makes all of less than all, nor
 * nothing of something.
 */
export function amountText(amount: number | null, normalise: Normalisation, decimals: 0 | 1 = 1): string {
  if (amount === null) return ''
  if (normalise === 'counts') return amount >= 100_000 ? formatNumber(amount, 2) : String(amount)
  const percent = amount * 100
  if (percent === 0 || percent === 100) return String(percent)
  const least = decimals === 1 ? 0.1 : 1
  if (percent < least) return decimals === 1 ? '<.1' : '<1'
  return Math.min(percent, 100 - least).toFixed(decimals)
}

/** Black or white, whichever stands out more on the colour: at least 4.5 : 1 on any. */
export function textOn(colour: string): string {
  const [r, g, b] = linearRgb(colour)
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b
  return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000'
}
