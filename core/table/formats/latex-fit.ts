import { cellText, plainText, type TableDocument } from '../table-document.ts'
import type { FormatOptions } from './table-format.ts'
import { VENUES, type Venue } from './venues.ts'

/** Computer Modern at 10 pt: digits are 5 pt wide, letters, signs and spaces so on average. */
const CHARACTER = 5
/** From what LaTeX does by itself to the smallest that is still read with ease. `scale`: of the font; `separation`: pt on each side of a column. */
const STEPS = [
  { commands: [], scale: 1, separation: 6 },
  { commands: ['\\small', '\\setlength{\\tabcolsep}{4pt}'], scale: 0.9, separation: 4 },
  { commands: ['\\footnotesize', '\\setlength{\\tabcolsep}{3pt}'], scale: 0.8, separation: 3 },
]

export interface LatexFit {
  /** Font size and separation of columns; none where the table fits as it is. */
  commands: readonly string[]
  /** Estimated width over the width there is: above 1 it will stick out. */
  overflow: number
}

/** Over both columns of the page? */
export function isWide({ columns }: TableDocument, { wideAbove }: Venue): boolean {
  return wideAbove !== null && columns.length > wideAbove
}

/** How a table is made to fit the text of its venue; an estimate, because only LaTeX knows widths. */
export function latexFit(document: TableDocument, options: FormatOptions): LatexFit {
  const venue: Venue = VENUES[options.venue]
  const room = isWide(document, venue) ? venue.textWidth : venue.columnWidth
  const characters = columnCharacters(document).reduce((sum, width) => sum + width, 0) * CHARACTER
  const fits = STEPS.map(({ commands, scale, separation }) => ({
    commands,
    overflow: (characters * scale + 2 * separation * document.columns.length) / room,
  }))
  return fits.find(({ overflow }) => overflow <= 1) ?? (fits.at(-1) as LatexFit)
}

/** Characters of the widest cell of each column; headings over several columns widen the last of them, as LaTeX does. */
function columnCharacters({ columns, spanners, lines }: TableDocument): number[] {
  const widths = columns.map(({ header }, at) =>
    Math.max(plainText(header).length, ...lines.map((line) => (line.kind === 'row' && line.cells[at] ? cellText(line.cells[at]).length : 0))),
  )
  for (const { header, first, columns: count } of spanners) {
    const below = widths.slice(first, first + count).reduce((sum, width) => sum + width, 0)
    const last = first + count - 1
    widths[last] = (widths[last] ?? 0) + Math.max(0, plainText(header).length - below)
  }
  return widths
}
