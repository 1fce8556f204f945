import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { SourceFile } from './source-reader.ts'

/** Entries looked at below a folder. */
const ENTRIES_MAX = 100_000
const HIDDEN = /^(\.|node_modules$|__pycache__$)/

/** Files at the path that pass the test: the file itself, or those below the folder, in the order of their paths. Links are not followed. */
export function findFiles(root: string, test: (name: string, path: string) => boolean): SourceFile[] {
  const info = statSync(root, { throwIfNoEntry: false })
  if (info?.isFile()) return test(basename(root), root) ? [{ path: root, name: basename(root) }] : []
  if (!info?.isDirectory()) return []
  const found: SourceFile[] = []
  const folders = [root]
  for (let seen = 0, folder = folders.pop(); folder !== undefined && seen < ENTRIES_MAX; folder = folders.pop()) {
    for (const entry of entries(folder)) {
      seen++
      const path = join(folder, entry.name)
      if (entry.isDirectory() && !HIDDEN.test(entry.name)) folders.push(path)
      else if (entry.isFile() && test(entry.name, path)) found.push({ path, name: relative(root, path) })
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function entries(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    // Nobody may look into it: what can be read is read.
    return []
  }
}

/** The first bytes of a file; empty when it cannot be read. */
export function firstBytes(path: string, most: number): Buffer {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(most)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, most, 0))
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return Buffer.alloc(0)
  }
}
