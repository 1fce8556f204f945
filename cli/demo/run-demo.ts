import { relative } from 'node:path'
import { untilStopped } from '../dashboard.ts'
import type { StorePath } from '../store-path.ts'
import type { DemoOptions } from '../verbs/demo.ts'
import { checkDemoPackages } from './check-packages.ts'
import { DemoDisplay } from './demo-display.ts'
import { serveStore } from './serve-store.ts'
import { startTraining } from './training-process.ts'

/** The dashboard first, then the training beside it, so that everything is seen from the first second. */
export async function runDemo({ file }: StorePath, options: DemoOptions): Promise<void> {
  checkDemoPackages()
  const server = options.serve ? await serveStore(file, options) : null
  const display = new DemoDisplay()
  const stopped = untilStopped().then(() => 'stopped' as const)
  try {
    const training = startTraining(file, options.seconds, (message) => display.show(message))
    const trained = training.done.then(() => 'trained' as const)
    if ((await Promise.race([trained, stopped])) === 'stopped') {
      training.stop()
      await trained.catch(() => {})
      display.stop()
      process.stderr.write('stopped before the training had ended: its runs are marked interrupted\n')
      process.exitCode = 130
      return
    }
    display.stop()
    process.stdout.write(`\n${display.summary()}\n\nStored in ${file}\n`)
    if (!server || options.exit) return
    process.stdout.write(`Dashboard: ${server.url}  (Ctrl-C stops it; to open it again: npx lossboard ${relative('.', file)})\n`)
    await stopped
  } finally {
    display.stop()
    await server?.close()
  }
}
