import type { Database } from 'better-sqlite3'
import type { RecordPruning } from '../store.ts'
import type { BlobFiles } from './blob-files.ts'
import { immediate } from './transaction.ts'

/**
 * Takes the blobs off these records of a run; the rows stay and say so. Inside the flush's transaction.
 * Returns the hashes that may now be unused: `removeUnused` looks, once this is committed.
 */
export function pruneRecords(db: Database, runKey: number, pruning: readonly RecordPruning[]): string[] {
  const prune = db.prepare(
    `UPDATE records SET payload = iif(json_type(payload) = 'object', json_set(payload, '$.pruned', json('true')), payload), blob_hash = NULL
     WHERE run_key = ? AND name = ? AND step IN (SELECT value FROM json_each(?)) AND blob_hash = ?`,
  )
  const held = db
    .prepare(
      'SELECT DISTINCT blob_hash FROM records WHERE run_key = ? AND name = ? AND step IN (SELECT value FROM json_each(?)) AND blob_hash IS NOT NULL',
    )
    .pluck()
  const hashes = new Set<string>()
  for (const { name, steps } of pruning) {
    const list = JSON.stringify(steps)
    for (const hash of held.all(runKey, name, list) as string[]) {
      prune.run(runKey, name, list, hash)
      hashes.add(hash)
    }
  }
  return [...hashes]
}

/**
 * Deletes blobs that no record of the store refers to any more; returns those it could not look at now (the store is busy, the file is in use).
 * The write lock keeps out a writer that is about to use one again; the row goes after the file, so that a crash in between is found later.
 */
export function removeUnused(db: Database, blobFiles: BlobFiles, hashes: readonly string[]): string[] {
  if (hashes.length === 0) return []
  try {
    immediate(db, () => {
      const used = db.prepare('SELECT 1 FROM records WHERE blob_hash = ?')
      const forget = db.prepare('DELETE FROM blobs WHERE hash = ?')
      for (const hash of hashes) {
        if (used.get(hash)) continue
        blobFiles.remove(hash)
        forget.run(hash)
      }
    })
    return []
  } catch {
    return [...hashes]
  }
}
