import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

export const PYTHON_FOLDER = join(import.meta.dirname, '../../python')

/** Whether there is a Python that the client supports. */
export const HAS_PYTHON = spawnSync('python3', ['-c', 'import sys, sqlite3; sys.exit(sys.version_info < (3, 9))']).status === 0

function options(environment: Record<string, string>) {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('LOSSBOARD_'))
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(kept),
    PYTHONPATH: PYTHON_FOLDER,
    PYTHONDONTWRITEBYTECODE: '1',
    NODE_ENV: 'test',
    ...environment,
  }
  return { env, cwd: PYTHON_FOLDER, timeout: 240_000 }
}

/** Runs Python to its end; throws with its stderr when it fails. */
export function runPython(args: string[], environment: Record<string, string> = {}): string {
  return execFileSync('python3', args, { ...options(environment), encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

/** The same while this process goes on, which may be the server that the program talks to. */
export async function runPythonBeside(args: string[], environment: Record<string, string> = {}): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)('python3', args, { ...options(environment), encoding: 'utf8' })
}

/** A Python program that runs until it ends or is killed; its stdin is open. */
export function startPython(program: string, environment: Record<string, string> = {}) {
  const child = spawn('python3', ['-c', program], { ...options(environment), stdio: ['pipe', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  /** Resolves once it has printed the text; rejects when it ends without. */
  const prints = (text: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => output.includes(text) && resolve()
      child.stdout.on('data', look)
      child.once('close', () => reject(new Error(`ended before printing "${text}": ${output}`)))
      look()
    })
  return { child, prints, ended, output: () => output }
}
