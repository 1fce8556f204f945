import { LossboardError } from '../../errors.ts'
import { nearMatches } from '../../near-matches.ts'
import { checklistFormat } from './checklist.ts'
import { tsvFormat } from './clipboard.ts'
import { csvFormat, longCsvFormat } from './csv.ts'
import { htmlFormat } from './html.ts'
import { jsonFormat } from './json.ts'
import { latexFormat, latexTabularFormat } from './latex.ts'
import { markdownFormat } from './markdown.ts'
import { svgFormat } from './svg.ts'
import type { TableFormat } from './table-format.ts'
import { typstFormat } from './typst.ts'

/** In the order of menus and help. */
export const TABLE_FORMATS: readonly TableFormat[] = [
  latexFormat,
  latexTabularFormat,
  typstFormat,
  markdownFormat,
  htmlFormat,
  csvFormat,
  longCsvFormat,
  tsvFormat,
  jsonFormat,
  svgFormat,
  checklistFormat,
]

export function tableFormat(id: string): TableFormat {
  const format = TABLE_FORMATS.find((known) => known.id === id)
  if (format) return format
  const ids = TABLE_FORMATS.map((known) => known.id)
  const [nearest] = nearMatches(id, ids, 1)
  throw new LossboardError(
    'invalid_argument',
    `no table format "${id.slice(0, 40)}": ${nearest ? `did you mean ${nearest}? ` : ''}choose ${ids.join(', ')}`,
  )
}
