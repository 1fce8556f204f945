import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import type { Importer, ImportRequest } from './importer.ts'
import { findEventFiles } from './tfevents/find-event-files.ts'
import type { ImportTask } from './tfevents/import-messages.ts'
import { type ImportListeners, type RunningImport, startImport } from './tfevents/start-import.ts'

export const tfeventsImporter: Importer = {
  kind: 'tfevents',
  title: 'TensorBoard event files',
  async detect(path) {
    const { runs } = await findEventFiles(path)
    const files = [...runs.values()].reduce((sum, run) => sum + run.files.length, 0)
    return files > 0 ? { what: `${files} TensorBoard event ${files === 1 ? 'file' : 'files'}` } : null
  },
  start(request, listeners = {}) {
    const { columns, root, project, storeFile, follow } = request
    if (columns.step !== null || columns.time !== null || columns.run !== null || columns.map.length > 0)
      throw new LossboardError(
        'invalid_option',
        'TensorBoard event files have no columns: --step, --time, --run and --map are for CSV and JSONL files',
      )
    const task = { root, project: project ?? basename(root), storeFile, mirror: false, follow }
    return request.dryRun ? tryOut(request, task, listeners) : startImport(task, listeners)
  },
}

/** Into a store that is thrown away: everything is read and checked, and the report is that of a new store. */
function tryOut({ follow }: ImportRequest, task: ImportTask, { onReport, ...listeners }: ImportListeners): RunningImport {
  if (follow) throw new LossboardError('invalid_option', '--dry-run and --watch exclude each other')
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-dry-run-'))
  const running = startImport(
    { ...task, storeFile: join(folder, 'lossboard.db') },
    { ...listeners, onReport: (report) => onReport?.({ ...report, dryRun: true }) },
  )
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const ended = running.ended.finally(remove)
  ended.catch(() => {})
  return { first: running.first, ended, stop: () => running.stop().finally(remove) }
}
