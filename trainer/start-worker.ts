import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { WorkerData } from './flush-worker.ts'

/**
 * Starts the flush worker: the built file beside this one in the package, the TypeScript source in a checkout.
 * It keeps no process alive: at the end of the process the exit hook waits for it.
 */
export function startWorker(data: WorkerData): Worker {
  // The worker needs no flags of the training process, and some (a debugger, --import) would hold it up.
  const options: WorkerOptions = { workerData: data, transferList: [data.port], execArgv: [], name: 'lossboard' }
  const built = new URL('./flush-worker.js', import.meta.url)
  const worker = existsSync(built) ? new Worker(built, options) : new Worker(sourceLoader(), { ...options, eval: true })
  worker.unref()
  return worker
}

/** tsx registers itself on request in a worker; its `--import` form only does so in the main thread. */
function sourceLoader(): string {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('tsx/package.json')
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: { './esm/api': { import: { default: string } } } }
  const api = pathToFileURL(join(dirname(manifest), exports['./esm/api'].import.default)).href
  const source = new URL('./flush-worker.ts', import.meta.url).href
  return `import(${JSON.stringify(api)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
}
