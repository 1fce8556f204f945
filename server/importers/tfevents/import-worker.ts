/** The thread that imports: reading, checking and decoding would hold up whatever else the process does. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { isLossboardError } from '../../../core/errors.ts'
import { openStore } from '../../../db/open.ts'
import type { FromImport, ImportTask } from './import-messages.ts'
import { LogdirImport } from './logdir-import.ts'

/** How often the files are looked at, and how often folders are searched for new ones. */
const READ_EVERY_MS = 500
const LOOK_EVERY_MS = 3_000
const PROGRESS_EVERY_MS = 100

/** 32 MB: what is stored here is written in one go, and each page once. */
const CHECKPOINT_PAGES = 16_384

const port = parentPort!
const task = workerData as ImportTask
const stop = new AbortController()
port.on('message', () => stop.abort())
const tell = (message: FromImport) => port.postMessage(message)

async function run(): Promise<void> {
  const store = await openStore(task.storeFile, { mode: 'create', checkpointPages: CHECKPOINT_PAGES })
  let told = 0
  const logdir = new LogdirImport(store, {
    root: task.root,
    project: task.project,
    mirror: task.mirror,
    signal: stop.signal,
    onProgress: (progress) => {
      if (performance.now() - told < PROGRESS_EVERY_MS) return
      told = performance.now()
      tell({ type: 'progress', progress: { ...progress } })
    },
  })
  try {
    await logdir.look()
    await logdir.read(task.follow)
    tell({ type: 'report', report: await logdir.report() })
    let looked = performance.now()
    while (task.follow && !stop.signal.aborted) {
      await sleep(READ_EVERY_MS, undefined, { signal: stop.signal })
      if (performance.now() - looked > LOOK_EVERY_MS) {
        await logdir.look()
        looked = performance.now()
      }
      if (await logdir.read(true)) tell({ type: 'report', report: await logdir.report() })
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error
  } finally {
    logdir.close()
    await store.close()
  }
}

run()
  .catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error)
    tell({ type: 'failed', message, code: isLossboardError(error) ? error.code : null })
  })
  .finally(() => port.close())
