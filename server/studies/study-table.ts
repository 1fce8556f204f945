import { buildTable } from '../../core/table/build-table.ts'
import { tableFormat } from '../../core/table/formats/registry.ts'
import type { FormatOptions, TableFormat } from '../../core/table/formats/table-format.ts'
import type { StudyAnswer } from './study-answer.ts'

export interface WrittenTable {
  text: string
  format: TableFormat
  /** Name for a download: that of the study. */
  fileName: string
  /** What the file cannot show, such as characters it could not write. */
  warnings: string[]
}

/** The table of a study in one format. Throws `invalid_argument` for an unknown format. */
export function studyTable({ study, settings, result }: StudyAnswer, formatId: string, options: FormatOptions): WrittenTable {
  const format = tableFormat(formatId)
  const source = { document: buildTable(study, result, settings), result }
  return {
    text: format.write(source, options),
    format,
    fileName: `${study.name.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 100) || 'table'}.${format.extension}`,
    warnings: format.warnings?.(source, options) ?? [],
  }
}
