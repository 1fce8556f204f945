import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Run } from '../../core/run.ts'
import type { Store } from '../../db/store.ts'
import { storeFile } from '../../db/store-file.ts'
import { openForReading, storePath } from '../store-path.ts'

/** Runs to look at, and the store they are in. */
export interface Source {
  store: Store
  runs: Run[]
  close(): Promise<void>
}

interface Wanted {
  dir: string | undefined
  project: string | undefined
}

/**
 * What the arguments mean: a path is a store or a folder of logs, all of whose runs are meant; anything else is a run of the store of
 * `--dir` (or the default one). Without arguments all runs of that store.
 */
export async function sourcesOf(targets: readonly string[], wanted: Wanted): Promise<Source[]> {
  const opened: Source[] = []
  try {
    const references = targets.filter((target) => !existsSync(target))
    const unknownPath = references.find((target) => /[/\\]/.test(target) || target.endsWith('.db'))
    if (unknownPath !== undefined) await missingPath(unknownPath)
    for (const target of targets.filter((one) => existsSync(one))) opened.push(await sourceAt(target, wanted.project))
    if (references.length > 0 || targets.length === 0) {
      const store = await openForReading(storePath(undefined, wanted.dir))
      const runs: Run[] = []
      opened.push({ store, runs, close: () => store.close() })
      for (const reference of references) runs.push(await store.findRun(reference))
      if (targets.length === 0) runs.push(...(await allRuns(store, wanted.project)))
    }
    return opened
  } catch (error) {
    for (const source of opened) await source.close()
    throw error
  }
}

/** A run may be called anything, but this looks like a path and there is nothing. */
async function missingPath(target: string): Promise<never> {
  const { noSuchPath } = await import('../import/logs-path.ts')
  throw noSuchPath(resolve(target))
}

async function sourceAt(target: string, project: string | undefined): Promise<Source> {
  const path = { file: storeFile(target), named: true }
  if (statSync(target).isDirectory() ? !existsSync(path.file) : !target.endsWith('.db') || (await isForeign(target)))
    return importedSource(resolve(target), project)
  const store = await openForReading(path)
  return { store, runs: await allRuns(store, project), close: () => store.close() }
}

async function allRuns(store: Store, project: string | undefined): Promise<Run[]> {
  return (await store.overview({ ...(project !== undefined && { project }), archived: false }, [])).runs
}

/** `.db` is also what other programs name their SQLite files. */
async function isForeign(target: string): Promise<boolean> {
  const { isForeignDatabase } = await import('../../db/sqlite/open-foreign.ts')
  return isForeignDatabase(target)
}

/** Logs of another program are read into a store of their own, which goes when the work is done. */
async function importedSource(root: string, project: string | undefined): Promise<Source> {
  const [{ chooseImporter }, { NO_COLUMNS }, { openStore }] = await Promise.all([
    import('../import/choose-importer.ts'),
    import('../../server/importers/importer.ts'),
    import('../../db/open.ts'),
  ])
  const { importer, say } = await chooseImporter(root, undefined, false)
  if (say !== null) process.stderr.write(`lossboard: ${say}\n`)
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-diagnose-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const storeFile = join(folder, 'lossboard.db')
    await (await openStore(storeFile, { mode: 'create' })).close()
    const running = importer.start({ root, project: project ?? null, storeFile, dryRun: false, follow: false, columns: NO_COLUMNS })
    await running.first
    await running.ended
    const store = await openStore(storeFile, { mode: 'read' })
    return {
      store,
      runs: await allRuns(store, undefined),
      async close() {
        await store.close()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}
