import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import { storeFile } from '../../db/store-file.ts'
import { printJson } from '../json-output.ts'
import type { Verb } from './verb.ts'

interface Options {
  into?: string
  project?: string
  watch?: boolean
  json?: boolean
}

export const importLogs: Verb = {
  name: 'import',
  configure: (command) =>
    command
      .argument('<logs>', 'folder of TensorBoard event files, or one such file')
      .description('Copy TensorBoard event files into a store: every point, nothing sampled. Again: only what is new.')
      .option(
        '--into <path>',
        'store: a .db file, or a folder that holds lossboard.db; made when missing (default: $LOSSBOARD_DIR, else ./lossboard.db)',
      )
      .option('-p, --project <name>', 'project of the runs (default: name of the folder)')
      .option('-w, --watch', 'go on as the files grow, until Ctrl-C')
      .option('--json', 'print the report as JSON')
      .action((path: string, options: Options) => run(path, options)),
}

async function run(path: string, options: Options): Promise<void> {
  const root = resolve(path)
  if (options.project?.trim() === '') throw new LossboardError('invalid_option', '--project is empty')
  await checkLogs(root, options.watch ?? false)
  const file = storeFile(options.into)
  const [{ tryImportLock }, { startImport }, { progressBar }, { reportText }, { openStore }] = await Promise.all([
    import('../../server/importers/tfevents/import-lock.ts'),
    import('../../server/importers/tfevents/start-import.ts'),
    import('../progress-bar.ts'),
    import('../import/report-text.ts'),
    import('../../db/open.ts'),
  ])
  // Makes it, with its folder, or says what is wrong with it, before a thread is started.
  await (await openStore(file, { mode: 'create' })).close()
  const unlock = tryImportLock(file)
  if (!unlock) throw new LossboardError('store_busy', `another process imports into ${file} now: wait for it, or stop it`)
  try {
    const bar = { shown: null as ReturnType<typeof progressBar> | null }
    let reports = 0
    const task = { root, project: options.project ?? basename(root), storeFile: file, mirror: false, follow: options.watch ?? false }
    const running = startImport(task, {
      onProgress: ({ read, total }) => {
        if (reports > 0) return
        bar.shown ??= progressBar('importing', Math.ceil(total / 1e6), 'MB')
        bar.shown.update(Math.floor(read / 1e6))
      },
      onReport: (report) => {
        bar.shown?.stop()
        if (options.json) printJson(report)
        else if (reports === 0) process.stdout.write(`${reportText(report)}${options.watch ? 'watching for more; Ctrl-C stops\n' : ''}`)
        else
          process.stdout.write(
            `${report.points.toLocaleString('en-US')} numbers, ${report.records.toLocaleString('en-US')} other records, ${report.runs} runs\n`,
          )
        reports++
      },
    })
    const { untilStopped } = await import('../dashboard.ts')
    await Promise.race([running.ended, untilStopped().then(() => running.stop())])
    bar.shown?.stop()
    if (reports === 0) await running.first
  } finally {
    unlock()
  }
}

/** Something to import must be there; with --watch it may still come. */
async function checkLogs(root: string, mayCome: boolean): Promise<void> {
  const [{ findEventFiles }, { noEventFiles, noSuchPath }] = await Promise.all([
    import('../../server/importers/tfevents/find-event-files.ts'),
    import('../import/logs-path.ts'),
  ])
  const found = statSync(root, { throwIfNoEntry: false })
  if (!found && !mayCome) throw noSuchPath(root)
  const files = await findEventFiles(root)
  if (files.runs.size === 0 && (!mayCome || found?.isFile())) throw noEventFiles(root, files)
  if (files.runs.size === 0) process.stderr.write(`lossboard: no TensorBoard event file in ${root} yet\n`)
}
