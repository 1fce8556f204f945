import { LossboardError } from '../../core/errors.ts'
import type { ExportFormatId } from '../../core/export-formats.ts'
import { csvFormat } from './csv.ts'
import type { ExportFormat } from './export-format.ts'
import { jsonlFormat } from './jsonl.ts'
import { parquetFormat } from './parquet.ts'
import { tfeventsFormat } from './tfevents/tfevents.ts'

const WRITERS: Record<ExportFormatId, ExportFormat> = { csv: csvFormat, jsonl: jsonlFormat, parquet: parquetFormat, tfevents: tfeventsFormat }

export function exportFormat(id: string): ExportFormat {
  if (Object.hasOwn(WRITERS, id)) return WRITERS[id as ExportFormatId]
  throw new LossboardError('invalid_argument', `no export format "${id.slice(0, 40)}": choose ${Object.keys(WRITERS).join(', ')}`)
}
