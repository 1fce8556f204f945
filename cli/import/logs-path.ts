import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'
import { IMPORTERS } from '../../server/importers/registry.ts'
import { type FoundFiles, findEventFiles, isEventFile } from '../../server/importers/tfevents/find-event-files.ts'

const SIBLINGS_MAX = 200

/** What to say about a path that is not there: what lies beside it that may be meant. */
export function noSuchPath(path: string): LossboardError {
  let parent = dirname(path)
  while (!existsSync(parent)) parent = dirname(parent)
  const names = entries(parent)
  const wanted = basename(parent === dirname(path) ? path : path.slice(parent.length + 1).split('/')[0]!)
  const near = nearMatches(wanted, names).map((name) => join(parent, name))
  const holding = withEventFiles(parent)
  const guess =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : holding.length > 0
        ? `event files are in ${holding.join(', ')}`
        : describeFolder(parent, names)
  return new LossboardError('not_found', `there is nothing at ${path}: ${guess}`)
}

/** What to say about a folder without event files: what was searched, what is there, and where some are near by. */
export function noEventFiles(path: string, found: FoundFiles): LossboardError {
  const looked = `${found.folders} ${found.folders === 1 ? 'folder' : 'folders'}`
  const others = found.others === 0 ? 'no file at all' : `${found.others} other ${found.others === 1 ? 'file' : 'files'}`
  const unreadable = found.unreadable.length > 0 ? `; could not look into ${found.unreadable.slice(0, 3).join(', ')}` : ''
  const holding = withEventFiles(dirname(path)).filter((folder) => folder !== path)
  const guess = holding.length > 0 ? `event files are in ${holding.join(', ')}` : 'their names contain "tfevents"'
  return new LossboardError('not_found', `no TensorBoard event file in ${path}: ${looked} searched, ${others} found${unreadable}; ${guess}`)
}

/** What to say about a path that holds nothing of any kind: what was searched, what is there, what can be read. */
export async function nothingToImport(path: string): Promise<LossboardError> {
  const readable = IMPORTERS.map(({ title }) => title).join(', ')
  if (statSync(path).isFile())
    return new LossboardError('not_found', `${path} is nothing that can be imported (${await whatItIs(path)}); what can be: ${readable}`)
  const { message } = noEventFiles(path, await findEventFiles(path))
  return new LossboardError('not_found', `${message}; nor anything else of ${readable}`)
}

/** A file in a few words. */
async function whatItIs(path: string): Promise<string> {
  const { firstBytes } = await import('../../server/importers/intake/find-files.ts')
  const bytes = firstBytes(path, 72)
  if (bytes.length === 0) return 'it is empty, or cannot be read'
  if (bytes.toString('latin1', 0, 15) === 'SQLite format 3') {
    const { isForeignDatabase } = await import('../../db/sqlite/open-foreign.ts')
    return isForeignDatabase(path)
      ? 'an SQLite database of another program'
      : `a store of Lossboard: lossboard ${path} opens it, lossboard export ${path} --format jsonl writes what can be imported elsewhere`
  }
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(path)?.[0]
  return bytes.includes(0) ? `a binary file${extension ? ` named ${extension}` : ''}` : `a text file${extension ? ` named ${extension}` : ''}`
}

/** Folders beside that hold event files, in themselves or one level down. */
function withEventFiles(parent: string): string[] {
  const folders = entries(parent)
    .slice(0, SIBLINGS_MAX)
    .map((name) => join(parent, name))
    .filter(isFolder)
  const holds = (folder: string) => entries(folder).some(isEventFile)
  return folders
    .filter((folder) => {
      if (holds(folder)) return true
      return entries(folder)
        .slice(0, SIBLINGS_MAX)
        .map((name) => join(folder, name))
        .some((inner) => isFolder(inner) && holds(inner))
    })
    .slice(0, 3)
}

function describeFolder(parent: string, names: string[]): string {
  return names.length === 0
    ? `${parent} is empty`
    : `${parent} holds ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}
