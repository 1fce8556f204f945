import type { Database } from 'better-sqlite3'
import type { BlobFiles } from './blob-files.ts'
import { loosenLinks } from './run-links.ts'
import { immediate, nextRev } from './transaction.ts'

/** Pages given back to the file system at a time: a pause for other work lies between two of them. */
const VACUUM_PAGES = 2_000

function usedBytes(db: Database): number {
  const pragma = (name: string) => db.pragma(name, { simple: true }) as number
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}

/** Deletes runs with all their data. Returns what that freed in the file and in blobs no other run uses. */
export function removeRuns(db: Database, blobFiles: BlobFiles, ids: string[]): { removed: number; freedBytes: number } {
  const before = usedBytes(db)
  const { removed, orphans } = immediate(db, () => {
    const wanted = JSON.stringify([...new Set(ids)])
    const keys = db.prepare('SELECT key, id FROM runs WHERE id IN (SELECT value FROM json_each(?))').all(wanted) as { key: number; id: string }[]
    if (keys.length === 0) return { removed: 0, orphans: [] }
    const rev = nextRev(db)
    const list = JSON.stringify(keys.map(({ key }) => key))
    // `tail` has no foreign key: checking one on every point would cost more than the insert.
    db.prepare('DELETE FROM tail WHERE run_key IN (SELECT value FROM json_each(?))').run(list)
    db.prepare('DELETE FROM runs WHERE key IN (SELECT value FROM json_each(?))').run(list)
    const bury = db.prepare('INSERT INTO tombstones (run_id, rev) VALUES (?, ?) ON CONFLICT (run_id) DO UPDATE SET rev = excluded.rev')
    for (const { id } of keys) bury.run(id, rev)
    loosenLinks(
      db,
      keys.map(({ id }) => id),
      rev,
    )
    const orphans = db
      .prepare('DELETE FROM blobs WHERE hash NOT IN (SELECT blob_hash FROM records WHERE blob_hash IS NOT NULL) RETURNING hash, bytes')
      .all() as { hash: string; bytes: number }[]
    return { removed: keys.length, orphans }
  })
  // The files go after the commit, and only while no writer can be about to use one again.
  if (orphans.length > 0)
    immediate(db, () => {
      const present = db.prepare('SELECT 1 FROM blobs WHERE hash = ?')
      for (const { hash } of orphans) if (!present.get(hash)) blobFiles.remove(hash)
    })
  const blobBytes = orphans.reduce((sum, { bytes }) => sum + bytes, 0)
  return { removed, freedBytes: Math.max(0, before - usedBytes(db)) + blobBytes }
}

/** Gives free pages back to the file system, a little at a time. */
export async function shrink(db: Database): Promise<void> {
  for (;;) {
    const free = db.pragma('freelist_count', { simple: true }) as number
    if (free === 0) return
    db.pragma(`incremental_vacuum(${VACUUM_PAGES})`)
    if ((db.pragma('freelist_count', { simple: true }) as number) >= free) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}
