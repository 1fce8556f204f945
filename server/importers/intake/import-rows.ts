import { statSync } from 'node:fs'
import { basename, extname } from 'node:path'
import type { ImportProgress, ImportReport } from '../../../core/import-report.ts'
import type { Store } from '../../../db/store.ts'
import type { ImportRequest } from '../importer.ts'
import { findFiles } from './find-files.ts'
import { type Done, Intake, type IntakeContext, type KnownRuns, knownKey } from './intake.ts'
import { SourceChanged } from './run-intake.ts'
import type { SourceReader } from './source-reader.ts'

/** Imports everything of one kind at a path. `store` null: a dry run into a store that is not there. */
export async function importRows(
  reader: SourceReader,
  request: ImportRequest,
  { store, signal, onProgress }: { store: Store | null; signal: AbortSignal; onProgress?: (progress: ImportProgress) => void },
): Promise<ImportReport> {
  const files = (await reader.find(request.root)).map((file) => ({ ...file, ...sizeOf(file.path) }))
  const done: Done = { created: new Set(), grown: new Set(), points: 0, records: 0 }
  const changed = new Set<string>()
  const progress: ImportProgress = { total: files.reduce((sum, { bytes }) => sum + bytes, 0), read: 0 }
  for (;;) {
    progress.read = 0
    const runs = await runsOf(store, reader.kind)
    const context: IntakeContext = {
      kind: reader.kind,
      root: request.root,
      store: request.dryRun ? null : store,
      ...runs,
      changed,
      project: request.project,
      defaultProject: basename(request.root, extname(request.root)) || 'imported',
      done,
      progress,
      onProgress: () => onProgress?.(progress),
      signal,
    }
    const intake = new Intake(context)
    try {
      for (const file of files) {
        intake.begin(file)
        await reader.read(file, intake, request.columns)
      }
      await intake.endAll()
      return await report(reader, request, { intake, done, store, files })
    } catch (error) {
      if (!(error instanceof SourceChanged)) throw error
      changed.add(error.key)
    } finally {
      intake.close()
    }
  }
}

interface Finished {
  intake: Intake
  done: Done
  store: Store | null
  files: { bytes: number; count: number }[]
}

async function report(reader: SourceReader, request: ImportRequest, { intake, done, store, files }: Finished): Promise<ImportReport> {
  const { finished } = intake
  const sum = (of: (run: (typeof finished)[number]) => number) => finished.reduce((total, run) => total + of(run), 0)
  const bytes = files.reduce((total, file) => total + file.bytes, 0)
  const isNew = done.created.size + done.grown.size > 0
  return {
    kind: reader.kind,
    unit: reader.unit,
    ...(request.dryRun && { dryRun: true }),
    reading: [...intake.reading],
    root: request.root,
    project: [...intake.projects].sort().join(', ') || (request.project ?? ''),
    newRuns: done.created.size,
    grownRuns: [...done.grown].filter((key) => !done.created.has(key)).length,
    runs: finished.length,
    files: files.reduce((total, { count }) => total + count, 0),
    emptyFiles: files.filter((file) => file.bytes === 0).length,
    events: intake.rows,
    points: sum((run) => run.points),
    records: sum((run) => run.recordCount),
    bytes,
    added: { events: isNew ? intake.rows : 0, points: done.points, records: done.records, bytes: isNew ? bytes : 0 },
    superseded: request.dryRun || !store ? sum((run) => run.repeatedSteps) : await superseded(store, intake.touched),
    restarts: [],
    notes: [...intake.notes, ...finished.flatMap((run) => run.notes.map((note) => ({ ...note, run: run.facts.name ?? '' })))],
    noteCount: intake.noteCount + sum((run) => run.noteCount),
    incomplete: [],
    unreadable: [],
  }
}

async function superseded(store: Store, ids: readonly string[]): Promise<number> {
  let count = 0
  for (const id of ids) for (const series of await store.series(id)) count += series.superseded
  return count
}

/** All runs of the store, and those imported from this kind of source; the newest of several of one identity. */
async function runsOf(store: Store | null, kind: SourceReader['kind']): Promise<{ ids: Set<string>; known: KnownRuns }> {
  const known: KnownRuns = new Map()
  if (!store) return { ids: new Set(), known }
  const { runs } = await store.overview({}, [])
  for (const run of runs.toSorted((a, b) => a.number - b.number)) {
    const { source } = run.environment
    if (source?.kind === kind) known.set(knownKey(run.project, source.identity), { run, source })
  }
  return { ids: new Set(runs.map(({ id }) => id)), known }
}

/** A folder that is one source counts as all that lies in it, artifacts apart: those are not read. */
function sizeOf(path: string): { bytes: number; modifiedAt: number; count: number } {
  const info = statSync(path, { throwIfNoEntry: false })
  const modifiedAt = info?.mtimeMs ?? Date.now()
  if (!info?.isDirectory()) return { bytes: info?.size ?? 0, modifiedAt, count: 1 }
  const inside = findFiles(path, (_, file) => !/[\\/]artifacts[\\/]/.test(file.slice(path.length)))
  return {
    bytes: inside.reduce((sum, file) => sum + (statSync(file.path, { throwIfNoEntry: false })?.size ?? 0), 0),
    modifiedAt,
    count: inside.length,
  }
}
