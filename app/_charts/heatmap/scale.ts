import { divergingColour } from '../../../core/colour.ts'
import { formatNumber } from '../../../core/format-number.ts'
import type { Cell } from './cells.ts'

/** How values of a quantity become colours. A place is where a value stands on the scale: the value, or its log10. */
export interface Scale {
  /** By log10; what is 0 or below has no place. */
  log: boolean
  /** Place of the neutral middle, blue below and orange above; null: from light to dark. */
  guide: number | null
  /** Places of both ends, or as far as the data goes. */
  ends: readonly [number, number] | 'data'
  /** Places between which values are as they should be: bracketed in the legend. */
  band: readonly [number, number] | null
  /** The dark end when there is no guide; orange: the more, the worse. */
  hue: 'blue' | 'orange'
}

/** A scale with its ends. */
export interface ColourRange {
  scale: Scale
  low: number
  high: number
}

/** Grey says that there is no place on the scale; it is not on the map, so it cannot be taken for a value. */
export const ZERO_COLOUR = { light: '#9a9aa3', dark: '#74777f' } as const

/** Decades a logarithmic scale covers at most, from the top: beyond that neighbours would look alike. */
const DECADES_MAX = 12

export type CellKind = 'value' | 'zero' | 'not finite'

export function cellKind(cell: Cell): CellKind {
  if (cell.nonFinite > 0) return 'not finite'
  return Number.isNaN(cell.median) ? 'zero' : 'value'
}

export const placeOf = ({ log }: Scale, value: number) => (log ? Math.log10(value) : value)
export const valueAt = ({ log }: Scale, place: number) => (log ? 10 ** place : place)

export function colourRange(scale: Scale, cells: readonly Cell[]): ColourRange {
  if (scale.ends !== 'data') return { scale, low: scale.ends[0], high: scale.ends[1] }
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const cell of cells) {
    if (cellKind(cell) !== 'value') continue
    low = Math.min(low, cell.median)
    high = Math.max(high, cell.median)
  }
  if (low > high) [low, high] = scale.log ? [-1, 0] : [0, 1]
  if (scale.guide !== null) {
    const reach = roundUp(Math.max(scale.guide - low, high - scale.guide), scale.log)
    return { scale, low: scale.guide - reach, high: scale.guide + reach }
  }
  if (!scale.log) return { scale, low: Math.min(0, low), high: high > Math.min(0, low) ? high : low + 1 }
  const top = Math.max(Math.ceil(high), Math.floor(low) + 1)
  return { scale, low: Math.max(Math.floor(low), top - DECADES_MAX), high: top }
}

/** To whole decades, or to 1, 2 or 5 × 10ᵏ, so that the ends of the legend are round. */
function roundUp(reach: number, log: boolean): number {
  if (!(reach > 0)) return 1
  if (log) return Math.ceil(reach)
  const power = 10 ** Math.floor(Math.log10(reach))
  return ([1, 2, 5].find((factor) => factor * power >= reach * (1 - 1e-9)) ?? 10) * power
}

/** Colour of a place, in steps of a twentieth so that equal values look equal and pictures stay small. */
export function placeColour({ scale, low, high }: ColourRange, place: number, theme: 'light' | 'dark'): string {
  const share = scale.guide === null ? (place - low) / (high - low) : (place - scale.guide) / (high - scale.guide)
  const step = Math.round(share * 20) / 20
  if (scale.guide !== null) return divergingColour(step, theme)
  return divergingColour(scale.hue === 'blue' ? -Math.max(0, step) : Math.max(0, step), theme)
}

/** Places labelled in the legend, at most five, or three where it is narrow. */
export function legendPlaces({ scale, low, high }: ColourRange, narrow: boolean): number[] {
  if (scale.guide !== null) {
    const inner = narrow ? [] : (scale.band ?? [])
    return [low, ...inner.slice(0, 1), scale.guide, ...inner.slice(1), high]
  }
  if (!scale.log) return [low, (low + high) / 2, high]
  const stride = Math.ceil((high - low) / (narrow ? 2 : 4))
  return Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, i) => low + i * stride)
}

export function placeLabel({ log }: Scale, place: number): string {
  if (!log) return formatNumber(place, 2)
  return place === 0 ? '1' : `1e${place}`
}
