import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './paths.ts'

/** Runs a program in the repository with its output shown; rejects when it fails. */
export function runCommand(command: string, args: string[], environment: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...environment } })
    child.on('error', reject)
    child.on('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')}: ${signal === null ? `exit code ${code}` : `ended by ${signal}`}`)),
    )
  })
}

/** Runs a tool of node_modules/.bin. */
export function runTool(name: string, args: string[], environment: Record<string, string> = {}): Promise<void> {
  return runCommand(join(ROOT, 'node_modules/.bin', name), args, environment)
}
