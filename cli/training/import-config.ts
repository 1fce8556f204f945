import { rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { LossboardError } from '../../core/errors.ts'

/** The default export, or the export `config`, of a module; a function is called and may be asynchronous. */
export async function importConfig(path: string, file: string): Promise<unknown> {
  const exported = await load(path, file).catch((error: unknown) => {
    if (error instanceof LossboardError) throw error
    throw new LossboardError('invalid_option', `${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  })
  const config = exported.default ?? exported.config
  if (config === undefined)
    throw new LossboardError('invalid_option', `${path} exports no config: write export default { … }, or export const config = { … }`)
  return typeof config === 'function' ? await (config as () => unknown)() : config
}

type Exports = Record<string, unknown>

async function load(path: string, file: string): Promise<Exports> {
  if (/\.m?js$/.test(file) || readsTypeScript()) return (await import(pathToFileURL(file).href)) as Exports
  const code = await toJavaScript(path, file)
  // Beside the config, so that its imports find what they would find from there.
  const copy = join(dirname(file), `.${basename(file)}.${process.pid}.mjs`)
  try {
    writeFileSync(copy, code)
    return (await import(pathToFileURL(copy).href)) as Exports
  } finally {
    rmSync(copy, { force: true })
  }
}

/** Node from 22.18 on, or a loader such as tsx. */
function readsTypeScript(): boolean {
  return (process.features as { typescript?: unknown }).typescript ? true : import.meta.url.endsWith('.ts')
}

interface Esbuild {
  build(options: object): Promise<{ outputFiles: { text: string }[] }>
}
interface TypeScript {
  transpileModule?(text: string, options: object): { outputText: string }
}

/** Node 20 reads no TypeScript; who writes it has a compiler installed. */
async function toJavaScript(path: string, file: string): Promise<string> {
  const require = createRequire(file)
  const esbuild = installed<Esbuild>(require, 'esbuild')
  if (esbuild) {
    const options = { entryPoints: [file], bundle: true, packages: 'external', platform: 'node', format: 'esm', write: false, logLevel: 'silent' }
    return (await esbuild.build(options)).outputFiles[0]?.text ?? ''
  }
  const typescript = installed<TypeScript>(require, 'typescript')
  if (typescript?.transpileModule) {
    const { readFileSync } = await import('node:fs')
    return typescript.transpileModule(readFileSync(file, 'utf8'), { compilerOptions: { module: 99, target: 9 } }).outputText
  }
  throw new LossboardError(
    'missing_dependency',
    `${path}: Node ${process.versions.node} reads no TypeScript: use Node 22.18 or newer, npm install --save-dev esbuild, or write the config as YAML, JSON or .mjs`,
  )
}

function installed<Module>(require: NodeJS.Require, name: string): Module | null {
  try {
    return require(name) as Module
  } catch {
    return null
  }
}
