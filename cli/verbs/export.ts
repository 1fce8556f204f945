import { Option } from 'commander'
import { EXPORT_FORMATS } from '../../server/export/registry.ts'
import { addStorePath, openForReading, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

interface Options {
  dir?: string
  format: string
  output?: string
  all?: boolean
  metric?: string[]
}

export const exportRun: Verb = {
  name: 'export',
  configure: (command) =>
    addStorePath(command.argument('<run>', 'name, #number or id of the run'))
      .description('Write all points of one run, nothing sampled or smoothed.')
      .addOption(
        new Option('-f, --format <format>', EXPORT_FORMATS.map((format) => `${format.id}: ${format.title}`).join('; '))
          .choices(EXPORT_FORMATS.map((format) => format.id))
          .default('csv'),
      )
      .option('-o, --output <file>', 'write to this file, which appears only when it is whole (default: standard output)')
      .option('--all', 'superseded points too, marked')
      .option('-m, --metric <name>', 'only this metric; may be repeated', (name: string, before: string[] = []) => [...before, name])
      .action(async (reference: string, path: string | undefined, options: Options) => {
        const store = await openForReading(storePath(path, options.dir))
        try {
          const { writeExport } = await import('../write-export.ts')
          const run = await store.findRun(reference)
          await writeExport(store, run, { format: options.format, all: options.all ?? false, metrics: options.metric, output: options.output })
        } finally {
          await store.close()
        }
      }),
}
