import { formatBytes } from '../../core/format-bytes.ts'
import type { ImportReport } from '../../core/import-report.ts'
import type { ImportNote, ImportRestart } from '../../core/import-source.ts'

const LINES_MAX = 10
const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`

const BY: Record<ImportRestart['by'], string> = {
  start: 'the program started again',
  file: 'a later file went back',
  order: 'a file without sessions went back',
  rewritten: 'the file was replaced',
}
const WHAT: Record<ImportNote['what'], string> = { skipped: 'skipped', changed: 'changed', kept: 'kept as bytes' }

/** What an import did, for a person: totals first, then everything that is not plainly so. */
export function reportText(report: ImportReport): string {
  const { added, dryRun = false, unit = 'event' } = report
  const nothing = added.events === 0 && report.newRuns === 0
  const lines = [
    ...(dryRun ? ['dry run: nothing was written'] : []),
    nothing
      ? `nothing new: all of it was ${report.runs === 0 ? 'left out' : 'imported before'}`
      : `${dryRun ? 'would add' : 'added'} ${count(added.points, 'number')} and ${count(added.records, 'other record')} of ${count(added.events, unit)} (${formatBytes(added.bytes)}): ${count(report.newRuns, 'new run')}${report.grownRuns > 0 ? `, ${report.grownRuns} grown` : ''}`,
    `in all ${count(report.runs, 'run')}, ${count(report.files, 'file')}${report.emptyFiles > 0 ? ` (${report.emptyFiles} empty)` : ''}, ${count(report.events, unit)}, ${count(report.points, 'number')}, ${count(report.records, 'other record')}, ${formatBytes(report.bytes)}, in project ${report.project}`,
  ]
  if (report.reading?.length) lines.push('read as (see --step, --time, --run and --map):', ...report.reading.map((line) => `  ${line}`))
  if (report.superseded > 0)
    lines.push(`${count(report.superseded, 'number was', 'numbers were')} replaced by a later one at the same step or by a restart; kept, not shown`)
  const restart = ({ run, file, offset, step, by }: ImportReport['restarts'][number]) =>
    by === 'rewritten' ? `  ${run}/${file}: ${BY[by]}` : `  ${run}/${file} at byte ${offset}: ${BY[by]} at step ${step}`
  lines.push(...section(report.restarts.length, 'restart', report.restarts.map(restart)))
  const incomplete = report.incomplete.map(({ run, file, offset, bytes }) => `  ${run}/${file} from byte ${offset}: ${count(bytes, 'byte')}`)
  lines.push(
    ...section(
      incomplete.length,
      'file ends inside a record, read on when it grows',
      incomplete,
      'files end inside a record, read on when they grow',
    ),
  )
  const notes = report.notes.map(
    ({ run, file, offset, place, what, reason }) =>
      `  ${run === '' || report.kind ? file : `${run}/${file}`} ${place ?? `at byte ${offset}`}${run !== '' && report.kind ? ` (${run})` : ''}, ${WHAT[what]}: ${reason}`,
  )
  lines.push(...section(report.noteCount, 'thing was not taken as it stands', notes, 'things were not taken as they stand'))
  lines.push(
    ...section(
      report.unreadable.length,
      'folder could not be read',
      report.unreadable.map((one) => `  ${one}`),
      'folders could not be read',
    ),
  )
  return `${lines.join('\n')}\n`
}

function section(n: number, one: string, lines: string[], many?: string): string[] {
  if (n === 0) return []
  const left = n - Math.min(lines.length, LINES_MAX)
  return [`${count(n, one, many)}:`, ...lines.slice(0, LINES_MAX), ...(left > 0 ? [`  and ${left} more`] : [])]
}
