import type { ImportReport } from '../../../core/import-report.ts'
import { type ImportSource, incompleteBytes } from '../../../core/import-source.ts'
import type { Store } from '../../../db/store.ts'
import type { RunImport } from './run-import.ts'

export interface Tally {
  events: number
  points: number
  records: number
  bytes: number
}

interface Frame {
  root: string
  project: string
  newRuns: number
  grownRuns: number
  before: Tally
  unreadable: string[]
}

const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

export function tally(sources: readonly ImportSource[]): Tally {
  const files = sources.flatMap((source) => source.files)
  return {
    events: sum(files.map((file) => file.events)),
    points: sum(sources.map((source) => source.points)),
    records: sum(sources.map((source) => source.records)),
    bytes: sum(files.map((file) => file.read)),
  }
}

export async function importReport(store: Store, imports: readonly RunImport[], frame: Frame): Promise<ImportReport> {
  const sources = imports.map((one) => one.source)
  const files = sources.flatMap((source) => source.files)
  const now = tally(sources)
  const { before, ...rest } = frame
  const list = <Item>(of: (source: ImportSource) => Item[]) =>
    imports.flatMap((one) => of(one.source).map((item) => ({ ...item, run: one.run.name })))
  return {
    ...rest,
    ...now,
    runs: imports.length,
    files: files.length,
    emptyFiles: files.filter((file) => file.bytes === 0).length,
    added: {
      events: now.events - before.events,
      points: now.points - before.points,
      records: now.records - before.records,
      bytes: now.bytes - before.bytes,
    },
    superseded: await superseded(store, imports),
    restarts: list((source) => source.restarts),
    notes: list((source) => source.notes),
    noteCount: sum(sources.map((source) => source.noteCount)),
    incomplete: imports.flatMap(({ run, source }) =>
      source.files
        .filter((file) => incompleteBytes(file) > 0)
        .map((file) => ({ run: run.name, file: file.name, offset: file.read, bytes: incompleteBytes(file) })),
    ),
  }
}

/** Only runs in which a step came twice can have any. */
async function superseded(store: Store, imports: readonly RunImport[]): Promise<number> {
  let count = 0
  for (const { run, source } of imports) {
    if (source.repeatedSteps === 0 && source.restarts.length === 0) continue
    for (const series of await store.series(run.id)) count += series.superseded
  }
  return count
}
