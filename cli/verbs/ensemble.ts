import { Option } from 'commander'
import { storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

export interface EnsembleVerbOptions {
  snapshots?: boolean
  average: 'probabilities' | 'logits'
  name?: string
  project?: string
  dir?: string
  json?: boolean
}

export const ensemble: Verb = {
  name: 'ensemble',
  configure: (command) =>
    command
      .argument('<runs...>', 'runs of the lab, each RUN, RUN:best, RUN:last or RUN:STEP; with --snapshots one run')
      .description('Test the mean of several trained networks, or of the snapshots of one run, as a run of its own.')
      .option('--snapshots', 'the members are the snapshots of the one run given')
      .addOption(new Option('--average <what>', 'what is averaged').choices(['probabilities', 'logits']).default('probabilities'))
      .option('--name <name>', 'name of the run that is made')
      .option('--project <name>', 'project of the run that is made (default: that of the first member)')
      .option('--json', 'print JSON')
      .option('-d, --dir <path>', 'store: a .db file, or a folder that holds lossboard.db (default: $LOSSBOARD_DIR, else ./lossboard.db)')
      .action(async (runs: string[], options: EnsembleVerbOptions) => {
        const { runEnsemble } = await import('../training/run-ensemble.ts')
        await runEnsemble(runs, storePath(undefined, options.dir), options)
      }),
}
