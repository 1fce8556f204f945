import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import type { IngestPlan } from './ingest-messages.ts'

/** The built file beside this one in the package; the source, through tsx, in a checkout. */
export function startIngestWorker(plan: IngestPlan): Worker {
  const options: WorkerOptions = { workerData: plan, execArgv: [], name: 'lossboard ingest' }
  const built = new URL('./ingest-worker.js', import.meta.url)
  return existsSync(built) ? new Worker(built, options) : new Worker(sourceLoader(), { ...options, eval: true })
}

function sourceLoader(): string {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve('tsx/package.json')
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: { './esm/api': { import: { default: string } } } }
  const api = pathToFileURL(join(dirname(manifest), exports['./esm/api'].import.default)).href
  const source = new URL('./ingest-worker.ts', import.meta.url).href
  return `import(${JSON.stringify(api)}).then(({ register }) => { register(); return import(${JSON.stringify(source)}) })`
}
