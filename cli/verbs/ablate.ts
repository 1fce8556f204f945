import type { AblationOptions } from '../ablation/run-ablation.ts'
import { addStorePath, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

export const ablate: Verb = {
  name: 'ablate',
  configure: (command) =>
    addStorePath(command.argument('<study>', 'the study: .yaml, .json, .ts, .mjs or .js'))
      .description('Run an ablation study: every variant with every seed; goes on where it stopped.')
      .option('-j, --parallel <n>', 'cells at a time, each in a process of its own')
      .option('--seeds <list>', 'these seeds instead of the ones of the file, such as 0..4 or 0,3,7')
      .option('--retries <n>', 'further tries of a cell that fails, after all others (default 1)')
      .option('--timeout <seconds>', 'stop a cell after so many seconds; it then counts as failed')
      .option('--project <name>', 'project of the study and its runs')
      .option('--restart', 'leave the runs that the study has out of it, and begin anew')
      .option('--dry-run', 'print the variants and the cells to run, and run nothing')
      .option('--status', 'print how far the study is, and run nothing')
      .option('--json', 'with --status: print JSON')
      .option('--verbose', 'print what the cells print (with --parallel, --timeout or a command)')
      .option('--quiet', 'print nothing')
      .action(async (study: string, path: string | undefined, options: AblationOptions) => {
        const { runAblation } = await import('../ablation/run-ablation.ts')
        await runAblation(study, storePath(path, options.dir), options)
      }),
}
