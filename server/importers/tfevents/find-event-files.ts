import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'

/** What lies under a folder of TensorBoard logs. */
export interface FoundFiles {
  /** Name of each run (its path below the root, `.` for the root itself) → its folder and event files in the order in which they are read. */
  runs: Map<string, { folder: string; files: string[] }>
  /** Folders looked into, and files that are no event files. */
  folders: number
  others: number
  /** Folders that could not be read, with the reason. */
  unreadable: string[]
}

/** The rule of TensorBoard: the name contains `tfevents`; files of the profiler hold nothing. */
export function isEventFile(name: string): boolean {
  return name.includes('tfevents') && !name.endsWith('.profile-empty')
}

/** Finds every event file below `root`, or `root` itself when it is one. Symbolic links are followed; each real folder is looked into once, up to `foldersMax` of them. */
export async function findEventFiles(root: string, { foldersMax = Number.POSITIVE_INFINITY }: { foldersMax?: number } = {}): Promise<FoundFiles> {
  const found: FoundFiles = { runs: new Map(), folders: 0, others: 0, unreadable: [] }
  const info = await stat(root).catch(() => null)
  if (info?.isFile() && isEventFile(basename(root))) {
    found.runs.set('.', { folder: dirname(root), files: [basename(root)] })
    return found
  }
  // Real folders first: a link to one of them then adds nothing, and a circle of links ends.
  const links: string[] = []
  const seen = new Set<string>()
  await walk(root, root, { found, seen, links, foldersMax })
  for (let i = 0; i < links.length; i++) await walk(root, links[i]!, { found, seen, links, foldersMax })
  found.runs = new Map([...found.runs].sort(([a], [b]) => (a < b ? -1 : 1)))
  return found
}

interface Search {
  found: FoundFiles
  seen: Set<string>
  links: string[]
  foldersMax: number
}

async function walk(root: string, folder: string, search: Search): Promise<void> {
  const { found, seen, links, foldersMax } = search
  if (found.folders >= foldersMax) return

  let entries: Dirent[]
  try {
    const real = await realpath(folder)
    if (seen.has(real)) return
    seen.add(real)
    entries = await readdir(folder, { withFileTypes: true })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // A folder may go while we look.
    if (code !== 'ENOENT') found.unreadable.push(`${folder} (${code ?? 'unknown error'})`)
    return
  }
  found.folders++
  const files: string[] = []
  const folders: string[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const target = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry
    if (target?.isDirectory()) (entry.isSymbolicLink() ? links : folders).push(path)
    else if (target?.isFile() && isEventFile(entry.name)) files.push(entry.name)
    else found.others++
  }
  if (files.length > 0) found.runs.set(relative(root, folder).split(sep).join('/') || '.', { folder, files: files.sort(byBytes) })
  for (const path of folders.sort(byBytes)) await walk(root, path, search)
}

const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
