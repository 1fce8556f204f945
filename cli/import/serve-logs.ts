import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import type { ImportReport } from '../../core/import-report.ts'
import type { Store } from '../../db/store.ts'
import { type FoundFiles, findEventFiles, isEventFile } from '../../server/importers/tfevents/find-event-files.ts'
import type { StorePath } from '../store-path.ts'
import { noEventFiles } from './logs-path.ts'

/** Folder that is to be shown as it is, because it holds event files and no store; null when the path means a store. */
export async function logsToServe(path: string | undefined, { file, named }: StorePath): Promise<string | null> {
  if (!named || path === undefined) return null
  const root = resolve(path)
  // Not statSync alone: below a file, or where nobody may look, it throws what opening the store says in better words.
  const info = existsSync(root) ? statSync(root) : null
  if (info?.isFile()) {
    if (isEventFile(basename(root))) return root
    await refuseImportable(path, root)
    return null
  }
  if (!info?.isDirectory() || existsSync(file)) return null
  const found = await findEventFiles(root)
  if (found.runs.size > 0) return root
  await refuseImportable(path, root)
  throw nothingToServe(root, file, found)
}

/** Runs of other tools are not shown as they are: says the command that brings them into a store. */
async function refuseImportable(path: string, root: string): Promise<void> {
  const { detectFormat } = await import('../../server/importers/detect-format.ts')
  const detected = await detectFormat(root)
  if (!detected) return
  const quoted = /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
  throw new LossboardError(
    'not_a_store',
    `${path} holds ${detected.what}: to look at it, lossboard import ${quoted} --into runs.db, then lossboard runs.db`,
  )
}

function nothingToServe(root: string, file: string, found: FoundFiles): LossboardError {
  const { message } = noEventFiles(root, found)
  return new LossboardError('not_found', `no store at ${file}, and ${message}`)
}

/** Says that a folder with a store holds event files besides, which the dashboard of the store does not show. */
export async function eventFilesBeside(path: string | undefined, { file }: StorePath): Promise<string | null> {
  if (path === undefined || !existsSync(path) || !statSync(path).isDirectory()) return null
  const { runs } = await findEventFiles(resolve(path), { foldersMax: 1_000 })
  if (runs.size === 0) return null
  return `${path} also holds TensorBoard event files of ${runs.size} ${runs.size === 1 ? 'run' : 'runs'}, not shown: lossboard import ${path} --into ${file} copies them into this store`
}

/** Where the copy of a folder's event files is kept: a cache, made again when it is deleted. */
export function cacheStore(root: string, asked: string | undefined): string {
  if (asked !== undefined) return asked.endsWith('.db') ? resolve(asked) : resolve(asked, 'lossboard.db')
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env
  const base =
    process.platform === 'win32' && LOCALAPPDATA
      ? LOCALAPPDATA
      : process.platform === 'darwin'
        ? join(homedir(), 'Library/Caches')
        : XDG_CACHE_HOME || join(homedir(), '.cache')
  return join(base, 'lossboard', createHash('sha256').update(root).digest('hex').slice(0, 16), 'lossboard.db')
}

export interface ServedLogs {
  store: Store
  close(): Promise<void>
}

/** A store that shows a folder of event files, filled and followed by a thread of its own; or, when another process follows it already, by that one. */
export async function openLogs(root: string, file: string): Promise<ServedLogs> {
  const [{ openStore }, { tryImportLock }, { startImport }] = await Promise.all([
    import('../../db/open.ts'),
    import('../../server/importers/tfevents/import-lock.ts'),
    import('../../server/importers/tfevents/start-import.ts'),
  ])
  const store = await openStore(file, { mode: 'create' })
  const unlock = tryImportLock(file)
  let report: ImportReport | null = null
  let problem: string | null = null
  const task = { root, project: basename(root), storeFile: file, mirror: true, follow: true }
  const running = unlock === null ? null : startImport(task, { onReport: (latest) => (report = latest) })
  running?.ended.catch((error: unknown) => {
    problem = error instanceof Error ? error.message : String(error)
    process.stderr.write(`lossboard: reading ${root} stopped: ${problem}\n`)
  })
  const from = () => [sourceLine(root, report, unlock === null), ...(problem === null ? [] : [`Reading ${root} stopped: ${problem}`])]
  const info = async () => {
    const told = await store.info()
    return { ...told, warnings: [...from(), ...told.warnings] }
  }
  return {
    store: new Proxy(store, {
      get(target, key: keyof Store) {
        if (key === 'info') return info
        const member = target[key]
        return typeof member === 'function' ? member.bind(target) : member
      },
    }),
    async close() {
      await running?.stop()
      unlock?.()
    },
  }
}

/** Where the pages come from, in one line; what could not be read is told with each run. */
function sourceLine(root: string, report: ImportReport | null, followedElsewhere: boolean): string {
  const shown = `Shown from the TensorBoard event files in ${root}`
  if (followedElsewhere) return `${shown}, which another process of Lossboard reads.`
  if (report === null) return `${shown}; reading them now.`
  const odd = [
    report.noteCount > 0 ? `${report.noteCount} ${report.noteCount === 1 ? 'thing in them was' : 'things in them were'} skipped or changed` : '',
    report.incomplete.length > 0 ? `${report.incomplete.length} of them end inside a record` : '',
    report.restarts.length > 0 ? `${report.restarts.length} restarts` : '',
  ].filter(Boolean)
  return `${shown}: ${report.files} ${report.files === 1 ? 'file' : 'files'}${odd.length > 0 ? `; ${odd.join(', ')}: see the environment of each run` : ''}.`
}
