import { Option } from 'commander'
import { TABLE_FORMATS } from '../../core/table/formats/registry.ts'
import { VENUES } from '../../core/table/formats/venues.ts'
import { addStorePath, openForReading, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

interface Options {
  dir?: string
  project?: string
  format: string
  venue: string
  siunitx?: boolean
  unicode?: boolean
  output?: string
}

export const table: Verb = {
  name: 'table',
  configure: (command) =>
    addStorePath(command.argument('<study>', 'name or id of the study'))
      .description('Write the table of an ablation study, ready for a paper. The same data gives the same bytes.')
      .addOption(
        new Option('-f, --format <format>', TABLE_FORMATS.map((format) => `${format.id}: ${format.title}`).join('; '))
          .choices(TABLE_FORMATS.map((format) => format.id))
          .default('latex'),
      )
      .addOption(new Option('--venue <venue>', 'LaTeX: template of the paper').choices(Object.keys(VENUES)).default('plain'))
      .option('--siunitx', 'LaTeX: align numbers with siunitx')
      .option('--unicode', 'LaTeX: keep letters beyond Latin, for XeLaTeX and LuaLaTeX')
      .option('--project <name>', 'project of the study, where several have one of this name')
      .option('-o, --output <file>', 'write to this file, which appears only when it is whole (default: standard output)')
      .action(async (study: string, path: string | undefined, options: Options) => {
        const store = await openForReading(storePath(path, options.dir))
        try {
          const { writeTable } = await import('../write-table.ts')
          await writeTable(store, study, options)
        } finally {
          await store.close()
        }
      }),
}
