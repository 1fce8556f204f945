import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
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

/** A Python program that runs until it ends or is killed. */
export function startPython(args: string[], environment: Record<string, string> = {}): ChildProcess {
  return spawn('python3', args, { ...options(environment), stdio: ['ignore', 'pipe', 'pipe'] })
}
