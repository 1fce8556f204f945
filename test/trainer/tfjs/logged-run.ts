import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../../db/open.ts'
import type { SeriesPoints, StoredRecord } from '../../../db/store.ts'
import { init, type Run } from '../../../trainer/index.ts'

/** What a run left in its store. */
export interface Logged {
  names: string[]
  /** Points of a metric in step order; empty when it was not logged. */
  points(name: string): Promise<{ step: number[]; value: number[] }>
  records(name: string): Promise<StoredRecord[]>
  superseded(name: string): number
}

/** Logs a real run to a real store, ends it, and reads it back. */
export async function logRun(train: (run: Run<object>) => unknown, read: (logged: Logged) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-tfjs-'))
  try {
    const run = init({ dir: folder, quiet: true, captureConsole: false, systemMetrics: false, saveGit: false })
    await train(run)
    await run.finish()
    const store = await openStore(folder, { mode: 'read' })
    try {
      const series = await store.series(run.id)
      await read({
        names: series.map(({ name }) => name).sort(),
        async points(name) {
          const parts: SeriesPoints[] = []
          for await (const part of store.points(run.id, name)) parts.push(part)
          return { step: parts.flatMap((part) => [...part.step]), value: parts.flatMap((part) => [...part.value]) }
        },
        records: (name) => store.records({ runId: run.id, name }),
        superseded: (name) => series.find((one) => one.name === name)?.superseded ?? 0,
      })
    } finally {
      await store.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A run that only remembers, for what needs no store. */
export function memoryRun() {
  const logged: { step: number; values: Record<string, unknown> }[] = []
  return {
    logged,
    log(values: Record<string, unknown>, step: number) {
      logged.push({ step, values })
    },
    /** Steps and values of one metric. */
    of(name: string): [number, unknown][] {
      return logged.flatMap(({ step, values }) => (name in values ? [[step, values[name]] as [number, unknown]] : []))
    },
  }
}
