import { divergingColour } from '../../../core/colour.ts'
import type { Cell } from './cells.ts'

/** log10 of the ratio one hopes for, and of the band around it that is usual in healthy training. */
export const GUIDE = -3
export const BAND: readonly [number, number] = [-4, -2]
/** Decades on each side of the guide until the colour is full. */
export const REACH = 3

/** Grey says "nothing moved"; not on the map, so it cannot be taken for a ratio. */
export const ZERO_COLOUR = { light: '#9a9aa3', dark: '#74777f' } as const

export type CellKind = 'ratio' | 'zero' | 'not finite'

export function cellKind(cell: Cell): CellKind {
  if (cell.nonFinite > 0) return 'not finite'
  return Number.isNaN(cell.median) ? 'zero' : 'ratio'
}

/** Colour of a log10 ratio, in steps of a twentieth so that equal ratios look equal and pictures stay small. */
export function ratioColour(log10: number, theme: 'light' | 'dark'): string {
  return divergingColour(Math.round(((log10 - GUIDE) / REACH) * 20) / 20, theme)
}
