import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'

export const PYTHON_FOLDER = join(import.meta.dirname, '../../python')

/** Whether there is a Python that the client supports. */
export const HAS_PYTHON = spawnSync('python3', ['-c', 'import sys, sqlite3; sys.exit(sys.version_info < (3, 9))']).status === 0

/** Runs Python to its end; throws with its stderr when it fails. */
export function runPython(args: string[], environment: Record<string, string> = {}): string {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('LOSSBOARD_'))
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(kept),
    PYTHONPATH: PYTHON_FOLDER,
    PYTHONDONTWRITEBYTECODE: '1',
    NODE_ENV: 'test',
    ...environment,
  }
  return execFileSync('python3', args, { env, cwd: PYTHON_FOLDER, encoding: 'utf8', timeout: 240_000, stdio: ['ignore', 'pipe', 'pipe'] })
}
