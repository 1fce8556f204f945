import { type ChildProcess, spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { buildLibrary } from '../../scripts/build-library.ts'
import { ROOT } from '../architecture/source-files.ts'

export interface Ended {
  stdout: string
  stderr: string
  exit: number | null
}

export interface CliOptions {
  cwd?: string
  env?: Record<string, string>
  /** The bundle in dist/ instead of the source; needs `npm run build`. */
  built?: boolean
  /** Run as `nobody` when the tests run as root, whom permissions do not stop. */
  unprivileged?: boolean
}

/** The real command line in a process of its own; from source unless `program` or `built` says otherwise. */
export function startCli(args: string[], options: CliOptions = {}, program?: string): ChildProcess {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('LOSSBOARD_'))
  const env = { ...Object.fromEntries(kept), ...options.env } as unknown as NodeJS.ProcessEnv
  const identity = options.unprivileged && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const source = ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs'), join(ROOT, 'cli/main.ts')]
  const bundle = options.built ? join(ROOT, 'dist/cli.js') : program
  return spawn(process.execPath, [...(bundle ? [bundle] : source), ...args], { cwd: options.cwd ?? ROOT, env, stdio: 'pipe', ...identity })
}

export function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stdout = ''
    let stderr = ''
    child.stdout?.on('data', (chunk) => {
      stdout += String(chunk)
    })
    child.stderr?.on('data', (chunk) => {
      stderr += String(chunk)
    })
    child.once('error', reject)
    child.once('close', (exit) => resolve({ stdout, stderr, exit }))
  })
}

/** Runs it to its end. Sources are bundled first, once per test file: reading TypeScript would cost each process a second. */
export async function runCli(args: string[], options: CliOptions = {}): Promise<Ended> {
  if (!options.built) bundled ??= bundle()
  return ended(startCli(args, options, await bundled))
}

/** Starts it from the bundle and leaves it running. */
export async function startBundle(args: string[], options: CliOptions = {}): Promise<ChildProcess> {
  bundled ??= bundle()
  return startCli(args, options, await bundled)
}

let bundled: Promise<string> | undefined

/** Inside the repository, so that packages are found. */
async function bundle(): Promise<string> {
  const folder = join(ROOT, 'test/output', `cli-${process.pid}`)
  await buildLibrary(folder)
  return join(folder, 'cli.js')
}

afterAll(async () => {
  if (bundled) await rm(dirname(await bundled), { recursive: true, force: true })
})

/** Resolves with what `pattern` finds in the output; rejects when the program ends first. */
export function outputOf(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = ''
    const listen = (chunk: unknown) => {
      output += String(chunk)
      const found = pattern.exec(output)
      if (found) resolve(found[0])
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('close', (exit) => reject(new Error(`ended with ${exit} without ${pattern}: ${output}`)))
  })
}
