import { addDashboardOptions, type DashboardOptions } from '../dashboard.ts'
import { addStorePath, storePath } from '../store-path.ts'
import type { Verb } from './verb.ts'

export interface DemoOptions extends DashboardOptions {
  dir?: string
  exit?: boolean
  /** Commander gives false for --no-serve. */
  serve: boolean
}

export const demo: Verb = {
  name: 'demo',
  configure: (command) =>
    addDashboardOptions(addStorePath(command))
      .description('Train small networks on MNIST digits and watch them in the dashboard.')
      .option('--exit', 'end when the training has ended instead of serving on')
      .option('--no-serve', 'train without a dashboard, and end')
      .action(async (path: string | undefined, options: DemoOptions) => {
        const { runDemo } = await import('../demo/run-demo.ts')
        await runDemo(storePath(path, options.dir), options)
      }),
}
