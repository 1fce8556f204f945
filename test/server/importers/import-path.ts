import { join, resolve } from 'node:path'
import type { ImportReport } from '../../../core/import-report.ts'
import type { ImportKind } from '../../../core/import-source.ts'
import type { Run } from '../../../core/run.ts'
import type { Store } from '../../../db/store.ts'
import { type ImportRequest, NO_COLUMNS } from '../../../server/importers/importer.ts'
import { IMPORTERS } from '../../../server/importers/registry.ts'
import { withStore } from './import-folder.ts'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures')

/** A file or folder of `test/fixtures`. */
export const sourceFixture = (...names: string[]) => join(FIXTURES, ...names)

export async function importPath(kind: ImportKind, root: string, storeFile: string, request: Partial<ImportRequest> = {}): Promise<ImportReport> {
  const importer = IMPORTERS.find((one) => one.kind === kind)!
  const running = importer.start({ root, storeFile, project: null, dryRun: false, follow: false, columns: NO_COLUMNS, ...request })
  return running.first
}

export interface StoredRun {
  run: Run
  /** Newest line of each metric: [step, wall, value]. */
  lines: Record<string, [number, number, number][]>
}

/** Every run of the store with its lines, by name. */
export function storedRuns(storeFile: string): Promise<Record<string, StoredRun>> {
  return withStore(storeFile, async (store) => {
    const { runs } = await store.overview({}, [])
    return Object.fromEntries(await Promise.all(runs.map(async (run) => [run.name, { run, lines: await linesOf(store, run.id) }] as const)))
  })
}

async function linesOf(store: Store, id: string): Promise<StoredRun['lines']> {
  const lines: StoredRun['lines'] = {}
  for (const { name } of await store.series(id)) {
    lines[name] = []
    for await (const { step, wall, value } of store.points(id, name))
      for (const [i, at] of step.entries()) lines[name].push([at, wall[i]!, value[i]!])
  }
  return lines
}

/** Steps and values of a line. */
export const plain = (line: [number, number, number][] | undefined) => line?.map(([step, , value]) => [step, value])
