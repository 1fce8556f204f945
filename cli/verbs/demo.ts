import { InvalidArgumentError } from 'commander'
import { addDashboardOptions, type DashboardOptions } from '../dashboard.ts'
import { addStorePath, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

export interface DemoOptions extends DashboardOptions {
  dir?: string
  exit?: boolean
  /** Train an ablation study instead. */
  ablation?: boolean
  seconds?: number
  /** Commander gives false for --no-serve. */
  serve: boolean
}

export const demo: Verb = {
  name: 'demo',
  configure: (command) =>
    addDashboardOptions(addStorePath(command))
      .description('Train small networks on MNIST digits and watch them in the dashboard.')
      .option(
        '--seconds <count>',
        'train for about this long; less than the default trains each network less, and a study with fewer seeds',
        positive,
      )
      .option('--ablation', 'train an ablation study on Fashion-MNIST instead: 6 variants of a residual network, 5 seeds each (about 11 minutes)')
      .option('--exit', 'end when the training has ended instead of serving on')
      .option('--no-serve', 'train without a dashboard, and end')
      .action(async (path: string | undefined, options: DemoOptions) => {
        const store = storePath(path, options.dir)
        if (options.ablation) {
          const { runAblationDemo } = await import('../demo/ablation/run-ablation-demo.ts')
          return runAblationDemo(store, options)
        }
        const { runDemo } = await import('../demo/run-demo.ts')
        await runDemo(store, options)
      }),
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number above 0.')
  return value
}
