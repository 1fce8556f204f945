import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../db/open.ts'
import type { NewRun, PointBatch, RunWriter, Store } from '../../db/store.ts'

export interface TempStore {
  store: Store
  /** The database file. */
  path: string
  /** Closes the store and removes its folder. */
  remove(): Promise<void>
}

/** An empty store in a folder of its own. */
export async function tempStore(): Promise<TempStore> {
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-server-'))
  const path = join(folder, 'store.db')
  const store = await openStore(path, { mode: 'create' })
  return {
    store,
    path,
    async remove() {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

let made = 0

/** Starts a run; what is not said is plain. */
export function newRun(store: Store, run: Partial<NewRun> = {}): Promise<RunWriter> {
  return store.createRun({
    id: `test-run-${++made}`,
    project: 'test',
    name: null,
    group: null,
    jobType: null,
    tags: [],
    notes: '',
    startedAt: Date.now(),
    config: {},
    environment: {},
    seed: null,
    parentId: null,
    forkStep: null,
    writerVersion: 'test',
    ...run,
  })
}

/** Points of one series as a batch; steps count from `firstStep`. */
export function points(name: string, values: number[], firstStep = 0): PointBatch {
  return {
    names: [name],
    series: new Uint32Array(values.length),
    step: Float64Array.from(values, (_, i) => firstStep + i),
    wall: Float64Array.from(values, (_, i) => 1_700_000_000_000 + i * 1.5),
    value: Float64Array.from(values),
  }
}
