import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { formatBytes } from '../format-value.ts'
import type { Check } from './check.ts'

const LOW_BYTES = 500e6

export const diskSpace: Check = async ({ file }) => {
  let folder = dirname(file)
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const detail = `${formatBytes(free)} free at ${folder}`
  if (free >= LOW_BYTES) return [{ what: 'disk', status: 'ok', detail }]
  return [{ what: 'disk', status: 'warning', detail, mend: 'free some space: a run that cannot write keeps its points in memory only' }]
}
