import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { LossboardError } from '../../../core/errors.ts'
import { processStart, processState } from '../../../db/sqlite/process-alive.ts'

interface Holder {
  pid: number
  startedAt?: number
}

/**
 * Only one process imports into a store at a time: two would each store what is new. Returns how to give the lock back, or null when another
 * process that lives holds it.
 */
export function tryImportLock(storeFile: string): (() => void) | null {
  const path = `${storeFile}.import-lock`
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const startedAt = processStart(process.pid)
      const holder: Holder = { pid: process.pid, ...(startedAt !== null && { startedAt }) }
      writeFileSync(path, JSON.stringify(holder), { flag: 'wx' })
      return () => rmSync(path, { force: true })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'EEXIST') throw new LossboardError('store_not_writable', `cannot write beside ${storeFile} (${code})`)
    }
    const holder = readHolder(path)
    if (holder && processState(holder.pid, holder.startedAt) === 'alive') return null
    // Left behind by a process that is gone.
    rmSync(path, { force: true })
  }
  return null
}

function readHolder(path: string): Holder | null {
  try {
    const holder = JSON.parse(readFileSync(path, 'utf8')) as Holder
    return Number.isInteger(holder.pid) ? holder : null
  } catch {
    return null
  }
}
