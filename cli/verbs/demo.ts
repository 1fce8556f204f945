import { InvalidArgumentError } from 'commander'
import { addDashboardOptions, type DashboardOptions } from '../dashboard.ts'
import { addStorePath, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

export interface DemoOptions extends DashboardOptions {
  dir?: string
  exit?: boolean
  seconds?: number
  /** Commander gives false for --no-serve. */
  serve: boolean
}

export const demo: Verb = {
  name: 'demo',
  configure: (command) =>
    addDashboardOptions(addStorePath(command))
      .description('Train small networks on MNIST digits and watch them in the dashboard.')
      .option('--seconds <count>', 'train for about this long; less than the default trains each network less', positive)
      .option('--exit', 'end when the training has ended instead of serving on')
      .option('--no-serve', 'train without a dashboard, and end')
      .action(async (path: string | undefined, options: DemoOptions) => {
        const { runDemo } = await import('../demo/run-demo.ts')
        await runDemo(storePath(path, options.dir), options)
      }),
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number above 0.')
  return value
}
