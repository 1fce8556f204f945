import type { StudyResult } from '../../ablation/study-result.ts'
import type { TableDocument } from '../table-document.ts'
import type { VenueId } from './venues.ts'

/** Choices that only some formats use. */
export interface FormatOptions {
  /** LaTeX: whose template. Default `plain`. */
  venue: VenueId
  /** LaTeX: align numbers with siunitx columns instead of core LaTeX. */
  siunitx: boolean
  /** LaTeX: leave letters beyond Latin as they are, for XeLaTeX and LuaLaTeX. */
  unicode: boolean
}

export const DEFAULT_FORMAT_OPTIONS: FormatOptions = { venue: 'plain', siunitx: false, unicode: false }

/** What a format may print: the finished table, and the numbers behind it for the formats that carry those. */
export interface TableSource {
  document: TableDocument
  result: StudyResult
}

/** A way to write a table: one file in this folder plus a line in `registry.ts`. The same source gives the same bytes. */
export interface TableFormat {
  readonly id: string
  /** One line for menus and help. */
  readonly title: string
  readonly extension: string
  readonly contentType: string
  write(source: TableSource, options: FormatOptions): string
  /** What the reader of this export must know and the file itself cannot show, such as characters it could not write. */
  warnings?(source: TableSource, options: FormatOptions): string[]
}
