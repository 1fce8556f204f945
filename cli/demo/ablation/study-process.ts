import { fork } from 'node:child_process'
import { LossboardError } from '../../../core/errors.ts'
import { childProgram } from '../../child-program.ts'
import type { DemoMessage } from '../messages.ts'
import type { DemoData } from './demo-study.ts'

export interface StudyProcess {
  /** Resolves when no run is left to be tried: true when all of them finished. Rejects with what stopped the study. */
  done: Promise<boolean>
  /** Asks it to stop: runs under way are marked interrupted. A second time kills them. */
  stop(): void
}

/** Starts the study in a process of its own. What it prints, a line per run, is seen as it comes. */
export function startStudy(store: string, options: { data: DemoData; seconds: number; parallel: number }): StudyProcess {
  const words = Object.entries(options).map(([name, value]) => `--${name}=${value}`)
  const child = fork(childProgram('train-study'), [store, ...words], {
    // Both to our stderr: stdout is for the table.
    stdio: ['ignore', 2, 2, 'ipc'],
    // In a group of its own: Ctrl-C reaches it through us, once. A second one would kill its runs.
    detached: process.platform !== 'win32',
  })
  let failure: Error | null = null
  child.on('message', (message: DemoMessage) => {
    if (message.type === 'error') failure = message.code === null ? new Error(message.message) : new LossboardError(message.code, message.message)
  })
  const done = new Promise<boolean>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exit, signal) => {
      if (failure) reject(failure)
      else if (exit === 0) resolve(true)
      // 130: it was asked to stop.
      else if (exit === 1 || exit === 130) resolve(false)
      else reject(new Error(`the study ended with ${signal ?? `exit code ${exit}`}`))
    })
  })
  return { done, stop: () => child.kill('SIGINT') }
}
