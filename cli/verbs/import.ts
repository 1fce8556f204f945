import { resolve } from 'node:path'
import { Option } from 'commander'
import { LossboardError } from '../../core/errors.ts'
import { IMPORT_KINDS } from '../../core/import-source.ts'
import { storeFile } from '../../db/store-file.ts'
import { printJson } from '../json-output.ts'
import type { Verb } from './verb.ts'

interface Options {
  into?: string
  project?: string
  format?: string
  step?: string
  time?: string
  run?: string
  map?: string[]
  dryRun?: boolean
  watch?: boolean
  json?: boolean
}

export const importLogs: Verb = {
  name: 'import',
  configure: (command) =>
    command
      .argument('<path>', 'file or folder: TensorBoard event files, W&B offline runs, MLflow, trackio, JSONL, Keras histories or CSV')
      .description('Copy runs of other tools into a store: every point, nothing sampled. Again: only what is new.')
      .option(
        '--into <path>',
        'store: a .db file, or a folder that holds lossboard.db; made when missing (default: $LOSSBOARD_DIR, else ./lossboard.db)',
      )
      .option('-p, --project <name>', 'project of the runs (default: what the source says, else the name of the file or folder)')
      .addOption(new Option('-f, --format <format>', 'what the path holds (default: found out, and said)').choices(IMPORT_KINDS))
      .option('--step <column>', 'CSV, JSONL: column of the step')
      .option('--time <column>', 'CSV, JSONL: column of the time')
      .option('--run <column>', 'CSV, JSONL: column that tells runs apart')
      .option(
        '--map <column=role>',
        'CSV, JSONL: what a column is, as in acc=metric:val/accuracy; may be repeated',
        (entry: string, before: string[] = []) => [...before, entry],
      )
      .option('--dry-run', 'write nothing, say what would be')
      .option('-w, --watch', 'TensorBoard event files: go on as the files grow, until Ctrl-C')
      .option('--json', 'print the report as JSON')
      .action((path: string, options: Options) => run(path, options)),
}

async function run(path: string, options: Options): Promise<void> {
  const root = resolve(path)
  if (options.project?.trim() === '') throw new LossboardError('invalid_option', '--project is empty')
  const follow = options.watch ?? false
  const dryRun = options.dryRun ?? false
  const [{ chooseImporter }, { tryImportLock }, { progressBar }, { reportText }, { openStore }] = await Promise.all([
    import('../import/choose-importer.ts'),
    import('../../server/importers/tfevents/import-lock.ts'),
    import('../progress-bar.ts'),
    import('../import/report-text.ts'),
    import('../../db/open.ts'),
  ])
  const { importer, say } = await chooseImporter(root, options.format, follow)
  if (say !== null) process.stderr.write(`lossboard: ${say}\n`)
  const file = storeFile(options.into)
  const request = {
    root,
    project: options.project ?? null,
    storeFile: file,
    dryRun,
    follow,
    columns: { step: options.step ?? null, time: options.time ?? null, run: options.run ?? null, map: options.map ?? [] },
  }
  // Makes it, with its folder, or says what is wrong with it, before anything is read.
  if (!dryRun) await (await openStore(file, { mode: 'create' })).close()
  const unlock = dryRun ? () => {} : tryImportLock(file)
  if (!unlock) throw new LossboardError('store_busy', `another process imports into ${file} now: wait for it, or stop it`)
  try {
    const bar = { shown: null as ReturnType<typeof progressBar> | null }
    let reports = 0
    const running = importer.start(request, {
      onProgress: ({ read, total }) => {
        if (reports > 0) return
        bar.shown ??= progressBar('importing', Math.ceil(total / 1e6), 'MB')
        bar.shown.update(Math.floor(read / 1e6))
      },
      onReport: (report) => {
        bar.shown?.stop()
        if (options.json) printJson(report)
        else if (reports === 0) process.stdout.write(`${reportText(report)}${follow ? 'watching for more; Ctrl-C stops\n' : ''}`)
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
