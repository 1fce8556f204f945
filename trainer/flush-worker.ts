/** Entry of the flush worker: the thread that owns the store while training goes on. */
import { type MessagePort, workerData } from 'node:worker_threads'
import { formatError } from './format-error.ts'
import { SharedRing, STATE } from './shared-ring.ts'
import { warn } from './warn.ts'
import type { FromWorker, RunPlan } from './worker-messages.ts'

export interface WorkerData {
  buffer: SharedArrayBuffer
  port: MessagePort
  plan: RunPlan
}

const { buffer, port, plan } = workerData as WorkerData
const ring = new SharedRing(buffer)

/** Without the worker nothing is stored: the training thread must not wait for it, and a person must know. */
function broken(error: unknown): void {
  const message = `the logging worker broke: ${formatError(error)}`
  if (ring.state === STATE.starting) port.postMessage({ type: 'refused', code: 'missing_dependency', message } satisfies FromWorker)
  else warn(`${message}. What is logged from now on is not stored`)
  ring.setState(STATE.dead)
}
process.on('uncaughtException', broken)
process.on('unhandledRejection', broken)

// Waiting for the ring does not count as work for the event loop: this does, until the run is stored.
const alive = setInterval(() => {}, 0x7fffffff)
// Loaded late, so that a missing or broken database driver is told like any other trouble.
import('./worker/session.ts')
  .then(({ Session }) => new Session(ring, port, plan).run())
  .catch(broken)
  .finally(() => {
    clearInterval(alive)
    port.close()
  })
