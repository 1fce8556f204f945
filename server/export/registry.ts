import { LossboardError } from '../../core/errors.ts'
import { csvFormat } from './csv.ts'
import type { ExportFormat } from './export-format.ts'
import { jsonlFormat } from './jsonl.ts'

export const EXPORT_FORMATS: readonly ExportFormat[] = [csvFormat, jsonlFormat]

export function exportFormat(id: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known.id === id)
  if (format) return format
  throw new LossboardError(
    'invalid_argument',
    `no export format "${id.slice(0, 40)}": choose ${EXPORT_FORMATS.map((known) => known.id).join(' or ')}`,
  )
}
