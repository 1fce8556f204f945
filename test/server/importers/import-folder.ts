import { join, resolve } from 'node:path'
import type { ImportReport } from '../../../core/import-report.ts'
import { openStore } from '../../../db/open.ts'
import type { Store } from '../../../db/store.ts'
import { LogdirImport } from '../../../server/importers/tfevents/logdir-import.ts'

export const FIXTURES = resolve(import.meta.dirname, '../../fixtures/tfevents')
export const EVENTS = 'events.out.tfevents.1700000000.host'

/** Imports a folder into a store once, in this thread. */
export async function importFolder(root: string, file: string, project = 'imported'): Promise<ImportReport> {
  const store = await openStore(file, { mode: 'create' })
  const logdir = new LogdirImport(store, { root, project, signal: new AbortController().signal })
  try {
    await logdir.look()
    await logdir.read(false)
    return await logdir.report()
  } finally {
    logdir.close()
    await store.close()
  }
}

export async function withStore<Result>(file: string, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore(file, { mode: 'read' })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Steps and values that the newest line of a metric shows. */
export async function line(store: Store, run: string, name: string): Promise<[step: number, value: number][]> {
  const { id } = await store.findRun(run)
  const points: [number, number][] = []
  for await (const { step, value } of store.points(id, name)) for (let i = 0; i < step.length; i++) points.push([step[i]!, value[i]!])
  return points
}

/** Every point that was stored, those replaced too. */
export async function stored(store: Store, run: string, name: string): Promise<number> {
  const { id } = await store.findRun(run)
  let n = 0
  for await (const { step } of store.points(id, name, { all: true })) n += step.length
  return n
}

/** Everything stored, in a form that can be compared; ids and revisions, which differ, left out. */
export async function contents(file: string) {
  return withStore(file, async (store) => {
    const { runs } = await store.overview({}, [])
    return Promise.all(
      runs.map(async ({ id, name, config, summary, status, environment }) => {
        const series = await store.series(id)
        const points = await Promise.all(series.map(async (one) => [one.name, await line(store, id, one.name), await stored(store, id, one.name)]))
        const records = (await store.records({ runId: id })).map(({ name, kind, step, wall, payload }) => ({ name, kind, step, wall, payload }))
        return { name, config, summary, status, files: environment.source?.files, points, records }
      }),
    )
  })
}

export const fixture = (...names: string[]) => join(FIXTURES, ...names)
