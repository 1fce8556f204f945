import { constants, copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Copies a store and its WAL, which holds the newest changes, to a temporary folder, shared with the original where the file system can. */
export function copyForReading(path: string): { path: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'lossboard-copy-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'store.db')
    for (const suffix of ['', '-wal']) if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix, constants.COPYFILE_FICLONE)
    process.once('exit', remove)
    return {
      path: copy,
      remove() {
        process.off('exit', remove)
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}
