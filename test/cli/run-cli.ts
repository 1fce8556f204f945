import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
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

/** The real command line in a process of its own. */
export function startCli(args: string[], options: CliOptions = {}): ChildProcess {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('LOSSBOARD_'))
  const env = { ...Object.fromEntries(kept), ...options.env } as unknown as NodeJS.ProcessEnv
  const identity = options.unprivileged && process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const source = ['--import', join(ROOT, 'node_modules/tsx/dist/loader.mjs'), join(ROOT, 'cli/main.ts')]
  const program = options.built ? [join(ROOT, 'dist/cli.js')] : source
  return spawn(process.execPath, [...program, ...args], { cwd: options.cwd ?? ROOT, env, stdio: 'pipe', ...identity })
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

export const runCli = (args: string[], options: CliOptions = {}): Promise<Ended> => ended(startCli(args, options))

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
