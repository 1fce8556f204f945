/** The thread that stores what is logged over HTTP: unpacking, checking and writing would hold up the pages. */
import { parentPort, workerData } from 'node:worker_threads'
import { isLossboardError } from '../../core/errors.ts'
import type { FromIngest, IngestOutcome, IngestPlan, IngestTask, ToIngest } from './ingest-messages.ts'
import { Intake } from './intake.ts'

const port = parentPort!
const intake = new Intake(workerData as IngestPlan)

async function outcomeOf(task: IngestTask): Promise<IngestOutcome> {
  try {
    return { ok: true, ...(await intake.take(task)) }
  } catch (error) {
    if (isLossboardError(error)) return { ok: false, code: error.code, message: error.message, ...(error.facts && { facts: error.facts }) }
    return { ok: false, code: 'internal', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

// One after the other: there is one write lock.
let current: Promise<void> = Promise.resolve()
port.on('message', (message: ToIngest) => {
  current = current.then(async () => {
    if (message.type === 'task') return port.postMessage({ id: message.id, outcome: await outcomeOf(message.task) } satisfies FromIngest)
    await intake.close()
    port.close()
  })
})
