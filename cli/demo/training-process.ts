import { fork } from 'node:child_process'
import { LossboardError } from '../../core/errors.ts'
import { childProgram } from '../child-program.ts'
import type { DemoMessage } from './messages.ts'

export interface TrainingProcess {
  /** Resolves when every run has ended; rejects with what stopped the training. */
  done: Promise<void>
  /** Asks it to stop: its runs are marked interrupted. */
  stop(): void
}

/** Starts the training in a process of its own. What it prints goes to our stderr once the training has failed, not before. */
export function startTraining(store: string, seconds: number | undefined, onMessage: (message: DemoMessage) => void): TrainingProcess {
  const budget = seconds === undefined ? [] : ['--budget', String(seconds)]
  const child = fork(childProgram('train'), [store, ...budget], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], serialization: 'advanced' })
  let printed = ''
  let failure: Error | null = null
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      printed = (printed + String(chunk)).slice(-4000)
    })
  child.on('message', (message: DemoMessage) => {
    if (message.type === 'error') failure = message.code === null ? new Error(message.message) : new LossboardError(message.code, message.message)
    else onMessage(message)
  })
  const done = new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (exit, signal) => {
      if (failure) reject(failure)
      else if (exit === 0) resolve()
      else
        reject(
          new Error(
            `the training ended with ${signal ?? `exit code ${exit}`}${printed ? `: ${printed.trim().split('\n').slice(-3).join(' ')}` : ''}`,
          ),
        )
    })
  })
  // The terminal sends Ctrl-C to the training as well; a plain kill reaches only us, hence this.
  return { done, stop: () => child.kill('SIGTERM') }
}
