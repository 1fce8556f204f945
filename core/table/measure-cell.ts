import type { StudyCell } from '../ablation/study-result.ts'
import type { TableSettings } from '../ablation/table-settings.ts'
import { toDecimals } from './decimal.ts'
import type { MetricScale } from './metric-column.ts'
import type { Cell, Mark } from './table-document.ts'

/** Mean with its spread. Without a counted value: the word `failed` when that is why, else a dash with the reason. */
export function measureCell(cell: StudyCell | undefined, scale: MetricScale, settings: TableSettings): Cell {
  if (!cell) return { kind: 'missing', why: 'The study has no such cell.' }
  const { summary } = cell
  if (!summary.defined) {
    const failed = cell.values.length > 0 && cell.values.every(({ state }) => state === 'failed' || state === 'diverged' || state === 'crashed')
    if (failed) return { kind: 'text', content: [{ text: cell.values.some(({ state }) => state === 'diverged') ? 'diverged' : 'failed' }] }
    return { kind: 'missing', why: summary.reason }
  }
  const print = (value: number) => toDecimals(value, scale.places, scale.power)
  const { spread } = settings
  const symmetric =
    spread === 'sd' && summary.sd.defined
      ? summary.sd.value
      : spread === 'se' && summary.se.defined
        ? summary.se.value
        : spread === 'ci' && summary.ci.defined
          ? (summary.ci.high - summary.ci.low) / 2
          : null
  const interval: [number, number] | null =
    spread === 'bootstrap' && summary.bootstrap.defined
      ? [summary.bootstrap.low, summary.bootstrap.high]
      : spread === 'min-max' && summary.n > 1
        ? [summary.min, summary.max]
        : null
  return {
    kind: 'measure',
    value: print(summary.mean),
    spread: symmetric === null ? null : print(symmetric),
    interval: interval && [print(interval[0]), print(interval[1])],
    marks: [],
  }
}

/**
 * Best and second best of a column by what is printed: cells that print the same share the place. Only with two different values:
 * where all are equal nothing is best.
 */
export function rankCells(cells: readonly Cell[], goal: 'min' | 'max', { boldBest, underlineSecond }: TableSettings): Cell[] {
  const printed = (cell: Cell) => (cell.kind === 'measure' && Number.isFinite(Number(cell.value)) ? Number(cell.value) : null)
  const values = [...new Set(cells.flatMap((cell) => printed(cell) ?? []))].sort((a, b) => (goal === 'max' ? b - a : a - b))
  if (values.length < 2) return [...cells]
  // With two rows the second best is the worst: underlining it says nothing.
  const second = values.length > 2 ? values[1] : undefined
  return cells.map((cell) => {
    const value = printed(cell)
    if (value === null) return cell
    if (boldBest && value === values[0]) return { ...cell, bold: true }
    return underlineSecond && value === second ? { ...cell, underline: true } : cell
  })
}

/** Marks of a difference: † for a significant one, or stars by the size of p. */
export function significanceMarks(verdict: string, p: number | null, { significanceMarks: kind, alpha }: TableSettings): Mark[] {
  if (verdict !== 'significant' || p === null || kind === 'none') return []
  if (kind === 'dagger') return ['dagger']
  const stars = p <= alpha / 50 ? 3 : p <= alpha / 5 ? 2 : 1
  return Array<Mark>(stars).fill('star')
}
