import type { ErrorCode } from '../../core/errors.ts'
import { formatBytes } from '../../core/format-bytes.ts'
import type { JournalContent } from './scan-journal.ts'

/** What became of one journal. `skipped`: nothing was done, and that is right so. */
export interface JournalReport {
  journal: string
  writer: string | null
  run: { id: string; name: string | null; project: string } | null
  /** Address or path of where it goes; null: none is known. */
  to: string | null
  status: 'synced' | 'would sync' | 'skipped' | 'failed'
  /** Why, for `skipped` and `failed`, and what else should be known. */
  notes: string[]
  /** For `failed`. */
  code: ErrorCode | null
  content: JournalContent | null
  /** Batches, numbers and records stored by this call; what had been stored before is not counted. */
  sent: { batches: number; points: number; records: number }
}

const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

/** One journal, for a person. */
export function reportLine(report: JournalReport): string {
  const { run, status, to, sent, content, journal, notes } = report
  const name = run ? `${run.project}/${run.name ?? run.id}` : journal
  const what =
    status === 'synced'
      ? `${count(sent.points, 'number')}, ${count(sent.records, 'other record')} in ${count(sent.batches, 'batch', 'batches')}`
      : content
        ? `${count(content.points, 'number')}, ${count(content.records, 'other record')} in ${count(content.batches, 'batch', 'batches')} (${formatBytes(content.bytes)})`
        : 'not read'
  return `${status.padEnd(10)}  ${name}  ${what}${to === null ? '' : ` → ${to}`}\n${notes.map((note) => `            ${note}\n`).join('')}`
}

export function summaryLine(reports: readonly JournalReport[]): string {
  const of = (status: JournalReport['status']) => reports.filter((report) => report.status === status).length
  const parts = (['synced', 'would sync', 'skipped', 'failed'] as const).flatMap((status) => (of(status) > 0 ? `${of(status)} ${status}` : []))
  return `${count(reports.length, 'journal')}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}\n`
}
