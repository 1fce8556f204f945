import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { FindingSeverity } from '../../../core/kinds/values.ts'

/** What is said of a row as a whole: a mark beside its name, words in the tip, in the description and in the export. */
export interface RowMark {
  level: 'ok' | FindingSeverity
  /** One sentence. */
  says: string
  /** What the learning rate could be multiplied with; null where nothing is to be changed. */
  factor: number | null
}

/** From the gravest on, with the word and the sign of each. */
const MARK_LEVELS = {
  critical: { word: 'critical', sign: 'octagon with !' },
  warning: { word: 'warning', sign: 'circle with !' },
  info: { word: 'note', sign: 'circle with i' },
  ok: { word: 'ok', sign: 'tick' },
} as const satisfies Record<RowMark['level'], unknown>

const LEVELS = Object.keys(MARK_LEVELS) as RowMark['level'][]

type MarkedRows = readonly { layer: string; mark?: RowMark | undefined }[]

/** Lines of the tip. */
export function markText(mark: RowMark | undefined): string[] {
  if (!mark) return []
  const { word } = MARK_LEVELS[mark.level]
  return [`${word}: ${mark.says}`, ...(mark.factor === null ? [] : [`suggested learning rate × ${formatNumber(mark.factor)}`])]
}

/** Which sign means what, and how many rows have it; empty without marks. */
export function markNote(rows: MarkedRows): string[] {
  const counted = LEVELS.map((level) => ({ ...MARK_LEVELS[level], n: rows.filter(({ mark }) => mark?.level === level).length })).filter(
    ({ n }) => n > 0,
  )
  if (counted.length === 0) return []
  return [`Marks beside names: ${counted.map(({ word, sign, n }) => `${formatCount(n)} × ${word} (${sign})`).join(', ')}.`]
}

/** For screen readers: the rows that are not well, gravest first, at most `most` of them, and how many are well. */
export function markSummary(rows: MarkedRows, most: number): string {
  const odd = LEVELS.filter((level) => level !== 'ok').flatMap((level) => rows.filter(({ mark }) => mark?.level === level))
  const well = rows.filter(({ mark }) => mark?.level === 'ok').length
  if (odd.length + well === 0) return ''
  const said = odd.slice(0, most).map(({ layer, mark }) => `${layer} ${markText(mark).join(' ')}`)
  const more = odd.length > most ? [`${formatCount(odd.length - most)} more with a mark`] : []
  return ` Verdicts: ${[...said, ...more, `${formatCount(well)} ok`].join('; ')}.`
}

/**
 * The rows that are named, at least `stride` apart: where not all names fit, those of the gravest marks come first,
 * so that a mark always stands beside its own name.
 */
export function namedRows(rows: MarkedRows, stride: number): number[] {
  const indices = rows.map((_, row) => row)
  if (stride <= 1) return indices
  const rank = (row: number) => {
    const level = rows[row]?.mark?.level
    return level === undefined || level === 'ok' ? LEVELS.length : LEVELS.indexOf(level)
  }
  const named: number[] = []
  for (const row of indices.sort((a, b) => rank(a) - rank(b) || a - b)) if (named.every((other) => Math.abs(other - row) >= stride)) named.push(row)
  return named.sort((a, b) => a - b)
}
