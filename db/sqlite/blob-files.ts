import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Large values as files beside the database, named by the SHA-256 of their bytes, so equal ones are kept once. */
export class BlobFiles {
  private readonly folder: string

  constructor(databasePath: string) {
    this.folder = `${databasePath}.blobs`
  }

  static hash(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex')
  }

  private path(hash: string): string {
    return join(this.folder, hash.slice(0, 2), hash)
  }

  /** Called while the write lock is held, so that it cannot cross a removal. A crash leaves a whole file or none. */
  write(hash: string, bytes: Uint8Array): void {
    const path = this.path(hash)
    if (existsSync(path)) return
    mkdirSync(dirname(path), { recursive: true })
    const unfinished = `${path}.${randomBytes(6).toString('hex')}.part`
    try {
      writeFileSync(unfinished, bytes)
      renameSync(unfinished, path)
    } catch (error) {
      rmSync(unfinished, { force: true })
      throw error
    }
  }

  read(hash: string): Uint8Array | null {
    if (!/^[0-9a-f]{64}$/.test(hash)) return null
    try {
      return readFileSync(this.path(hash))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
      throw error
    }
  }

  remove(hash: string): void {
    rmSync(this.path(hash), { force: true })
  }
}
