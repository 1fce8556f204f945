import type { Worker } from 'node:worker_threads'
import { startThread } from '../start-thread.ts'
import type { IngestPlan } from './ingest-messages.ts'

export function startIngestWorker(plan: IngestPlan): Worker {
  return startThread('ingest-worker', import.meta.url, { workerData: plan, name: 'lossboard ingest' })
}
