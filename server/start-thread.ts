import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/** Starts a thread: the built file beside the caller's in the package; the source `<name>.ts`, through tsx, in a checkout. */
export function startThread(name: string, callerUrl: string, options: WorkerOptions): Worker {
  const built = new URL(`./${name}.js`, callerUrl)
  const all = { execArgv: [], ...options }
  return existsSync(built) ? new Worker(built, all) : new Worker(sourceLoader(new URL(`./${name}.ts`, callerUrl)), { ...all, eval: true })
}

/** tsx registers itself on request in a worker; its `--import` form only does so in the main thread. */
function sourceLoader(source: URL): string {
  const manifest = createRequire(import.meta.url).resolve('tsx/package.json')
  const { exports } = JSON.parse(readFileSync(manifest, 'utf8')) as { exports: { './esm/api': { import: { default: string } } } }
  const api = pathToFileURL(join(dirname(manifest), exports['./esm/api'].import.default)).href
  return `import(${JSON.stringify(api)}).then(({ register }) => { register(); return import(${JSON.stringify(source.href)}) })`
}
