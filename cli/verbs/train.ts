import { isLossboardError, LossboardError } from '../../core/errors.ts'
import { addStorePath, storePath } from '../store-path.ts'
import type { TrainOptions } from '../training/train-options.ts'
import type { Verb } from './verb.ts'

const again = (value: string, before: string[] = []) => [...before, value]

export const train: Verb = {
  name: 'train',
  configure: (command) =>
    addStorePath(command.argument('[config]', 'what to train: .yaml, .json, .ts, .mjs or .js; with --example or --resume the store comes first'))
      .description('Train a network of the lab as a config says.')
      .option('-s, --set <path=value>', 'change a setting, such as optimizer.lr=1e-3; may be repeated', again)
      .option('--seeds <list>', 'one run per seed, such as 0..4 or 0,3,7; they become one group')
      .option('--resume <run>', 'go on with a run from its newest checkpoint; --set train.epochs=N trains it longer')
      .option('--from <run[:checkpoint]>', 'start from the weights of another run: RUN, RUN:best, RUN:last or RUN:STEP')
      .option('--example <name>', 'train one of the configs that come with Lossboard')
      .option('--name <name>', 'name of the run')
      .option('--project <name>', 'project of the run')
      .option('--stop-on <severity>', 'stop at the first finding so grave: critical or warning')
      .option('--dry-run', 'print the whole config, the layers and the number of steps, and train nothing')
      .option('--quiet', 'print nothing but the result')
      .option('--schema', 'print the JSON Schema of a config, for editors')
      .action(async (first: string | undefined, second: string | undefined, options: TrainOptions) => {
        if (options.schema) {
          const { printSchema } = await import('../training/gather-config.ts')
          return printSchema()
        }
        const { config, path } = places(first, second, options)
        const { runTraining } = await import('../training/run-training.ts')
        await runTraining(config, storePath(path, options.dir), options).catch(listProblems)
      }),
}

/** Without a config the first argument is the store. */
function places(first: string | undefined, second: string | undefined, options: TrainOptions): { config?: string; path: string | undefined } {
  const instead = options.resume !== undefined ? '--resume' : options.example !== undefined ? '--example' : null
  if (instead === null) return { ...(first !== undefined && { config: first }), path: second }
  if (options.resume !== undefined && options.example !== undefined)
    throw new LossboardError('invalid_option', '--resume goes on with a run as it is: leave out --example')
  if (second !== undefined)
    throw new LossboardError('invalid_option', `${instead} takes the place of a config: give the store alone, not ${first} ${second}`)
  return { path: first }
}

/** A config may be wrong in several places: a line each. */
function listProblems(error: unknown): never {
  const { problems, source } = error as { problems?: readonly string[]; source?: string }
  if (!isLossboardError(error) || !problems || problems.length < 2) throw error
  process.stderr.write(problems.map((problem) => `  ${problem}\n`).join(''))
  throw new LossboardError('invalid_option', `${source} has ${problems.length} problems, listed above`)
}
