import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Option } from 'commander'
import { LossboardError } from '../../core/errors.ts'
import { EXPORT_FORMATS } from '../../core/export-formats.ts'
import { addStorePath, openForReading, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

interface Options {
  dir?: string
  format?: string
  output?: string
  all?: boolean
  blobs?: boolean
  metric?: string[]
  run?: string[]
  project?: string
  archived?: boolean
}

const several = (value: string, before: string[] = []) => [...before, value]

export const exportRuns: Verb = {
  name: 'export',
  configure: (command) =>
    addStorePath(command.argument('[run]', 'name, #number or id of a run (default: all runs of the store)'))
      .description('Write all points of one run, several or all, nothing sampled or smoothed.')
      .addOption(
        new Option(
          '-f, --format <format>',
          `${EXPORT_FORMATS.map(({ id, title }) => `${id}: ${title}`).join('; ')} (default: what the name of --output says, else csv)`,
        ).choices(EXPORT_FORMATS.map(({ id }) => id)),
      )
      .option('-o, --output <path>', 'write to this file, which appears only when it is whole; tfevents: a folder (default: standard output)')
      .option('-r, --run <run>', 'only this run; may be repeated', several)
      .option('-p, --project <name>', 'only runs of this project')
      .option('--archived', 'archived runs too')
      .option('--all', 'superseded points too, marked')
      .option('-m, --metric <name>', 'only this metric; may be repeated', several)
      .option('--blobs', 'jsonl: the bytes of images and other records too, as base64')
      .action((first: string | undefined, second: string | undefined, options: Options) => run(first, second, options)),
}

async function run(first: string | undefined, second: string | undefined, options: Options): Promise<void> {
  const { reference, path } = meant(first, second)
  const runs = [...(reference === undefined ? [] : [reference]), ...(options.run ?? [])]
  const store = await openForReading(storePath(path, options.dir))
  try {
    const [{ chooseRuns }, { writeExport }] = await Promise.all([import('../export/choose-runs.ts'), import('../export/write-export.ts')])
    const chosen = await chooseRuns(store, { runs, project: options.project, archived: options.archived ?? false })
    if (chosen.archived > 0)
      process.stderr.write(
        `lossboard: ${chosen.archived} archived ${chosen.archived === 1 ? 'run is' : 'runs are'} left out: --archived exports them too\n`,
      )
    await writeExport(store, chosen.runs, {
      format: options.format ?? formatOf(options.output),
      all: options.all ?? false,
      blobs: options.blobs ?? false,
      metrics: options.metric,
      output: options.output,
    })
  } finally {
    await store.close()
  }
}

/** `export 12`, `export 12 runs.db`, and `export runs.db`, which means all of it. */
function meant(first: string | undefined, second: string | undefined): { reference: string | undefined; path: string | undefined } {
  if (first === undefined || second !== undefined) return { reference: first, path: second }
  const isStore = existsSync(first) && (/\.db$/.test(first) ? statSync(first).isFile() : existsSync(join(first, 'lossboard.db')))
  return isStore ? { reference: undefined, path: first } : { reference: first, path: undefined }
}

function formatOf(output: string | undefined): string {
  const extension = /\.([a-z]+)$/.exec(output ?? '')?.[1]
  const known = EXPORT_FORMATS.find(({ id }) => id === extension)
  if (known) return known.id
  if (extension === undefined || extension === 'txt') return 'csv'
  throw new LossboardError('invalid_option', `--output ${output} does not say in which format: name it with --format`)
}
