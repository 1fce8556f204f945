import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { LossboardError } from '../../core/errors.ts'
import { JOURNAL_FILES, JOURNAL_FOLDER } from '../../core/ingest/journal.ts'
import { storeFile } from '../../db/store-file.ts'
import { JournalFolder } from '../../trainer/journal/journal-folder.ts'

/** Folders below the one given that are looked into. */
const DEPTH_MAX = 5
const SKIPPED = /^(node_modules|\..*)$/

/**
 * The journals in these folders, in the order of their paths: a journal itself, a folder of journals, or a folder somewhere above.
 * Without any: where a run that is started here puts them.
 * @throws LossboardError `not_found` for a folder that is not there, or has none and was named
 */
export function findJournals(folders: readonly string[]): JournalFolder[] {
  if (folders.length === 0) return inside(join(dirname(storeFile(undefined)), JOURNAL_FOLDER))
  const found = new Map<string, JournalFolder>()
  for (const folder of folders) {
    const path = resolve(folder)
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new LossboardError('not_found', `there is no folder ${path}`)
    const journals = isJournal(path) ? [new JournalFolder(path)] : [...inside(path), ...below(path, DEPTH_MAX)]
    if (journals.length === 0)
      throw new LossboardError(
        'not_found',
        `there is no journal in ${path}: looked for ${JOURNAL_FOLDER}/*/${JOURNAL_FILES.open}, ${DEPTH_MAX} folders deep`,
      )
    for (const journal of journals) found.set(journal.path, journal)
  }
  return [...found.values()]
}

/** Oldest first: a run may be the fork of one before it. */
export function startOrder(journals: readonly JournalFolder[]): JournalFolder[] {
  const at = new Map(journals.map((journal) => [journal, journal.startedAt()]))
  return [...journals].sort((a, b) => at.get(a)! - at.get(b)!)
}

function isJournal(path: string): boolean {
  return existsSync(join(path, JOURNAL_FILES.open))
}

function inside(path: string): JournalFolder[] {
  return foldersIn(path)
    .map((name) => join(path, name))
    .filter(isJournal)
    .map((journal) => new JournalFolder(journal))
}

function below(path: string, depth: number): JournalFolder[] {
  return foldersIn(path).flatMap((name) => {
    if (SKIPPED.test(name)) return []
    const folder = join(path, name)
    if (name === JOURNAL_FOLDER) return inside(folder)
    return depth > 1 ? below(folder, depth - 1) : []
  })
}

function foldersIn(path: string): string[] {
  try {
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
  } catch {
    return []
  }
}
