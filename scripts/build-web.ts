import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT, WEB } from './paths.ts'
import { runTool } from './run-command.ts'

/** What the pages are made of; of the server they know types only. */
const INPUTS = ['app', 'core', 'scripts/build-web.ts', 'public', 'next.config.mjs', 'postcss.config.mjs', 'package-lock.json']
const STAMP = join(WEB, 'built-from')

/** Builds the dashboard into dist/web, unless what lies there was built from the same files. Returns whether it built. */
export async function buildWeb(): Promise<boolean> {
  const hash = await hashOf(INPUTS)
  if (existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === hash) return false
  await runTool('next', ['build'], { NEXT_TELEMETRY_DISABLED: '1' })
  await packStandalone()
  await writeFile(STAMP, hash)
  return true
}

/** Next's standalone output plus what it leaves out, minus what belongs to this machine alone. */
async function packStandalone(): Promise<void> {
  await rm(WEB, { recursive: true, force: true })
  await cp(join(ROOT, '.next/standalone'), WEB, { recursive: true, dereference: true })
  await cp(join(ROOT, '.next/static'), join(WEB, '.next/static'), { recursive: true })
  if (existsSync(join(ROOT, 'public'))) await cp(join(ROOT, 'public'), join(WEB, 'public'), { recursive: true })
  for (const name of ['better-sqlite3', 'bindings', 'file-uri-to-path', 'sharp', '@img'])
    await rm(join(WEB, 'node_modules', name), { recursive: true, force: true })
  // Runtimes that only middleware, edge functions and experimental features of React load, of which the dashboard has none: a tenth of the package packed.
  for (const name of ['edge-runtime', '@edge-runtime/primitives', 'next-server/app-page-turbo-experimental.runtime.prod.js'])
    await rm(join(WEB, 'node_modules/next/dist/compiled', name), { recursive: true, force: true })
  // Measures of web fonts, which this dashboard does not use: a fifth of the package unpacked.
  await writeFile(join(WEB, 'node_modules/next/dist/server/capsize-font-metrics.json'), '{}')
  await scrubBuildPath()
}

/** Next writes the folder it was built in into its manifests; nothing needs it at run time, and `next` is told the real one. Its empty source maps go too. */
async function scrubBuildPath(): Promise<void> {
  for (const name of await readdir(WEB, { recursive: true })) {
    const file = join(WEB, name)
    const stats = await lstat(file)
    if (stats.isSymbolicLink()) throw new Error(`${file} is a link: npm pack would leave it out`)
    if (name.endsWith('.map')) await rm(file)
    if (name.endsWith('.map') || !stats.isFile() || !/\.(js|json|html|rsc|body|meta)$/.test(name)) continue
    const text = await readFile(file, 'utf8')
    if (text.includes(ROOT)) await writeFile(file, text.replaceAll(ROOT, '/lossboard'))
  }
}

async function hashOf(inputs: string[]): Promise<string> {
  const hash = createHash('sha256').update(process.version)
  for (const input of inputs) {
    const path = join(ROOT, input)
    if (!existsSync(path)) continue
    const names = (await lstat(path)).isDirectory() ? (await readdir(path, { recursive: true })).sort().map((name) => join(path, name)) : [path]
    for (const name of names) if ((await lstat(name)).isFile()) hash.update(name.slice(ROOT.length)).update(await readFile(name))
  }
  return hash.digest('hex')
}
