import type { Run } from '../../core/run.ts'

/** A folder for each run, below the one that is written: its name, in one of its project where there are several, told apart where names are the same. */
export function runFolders(runs: readonly Run[]): { run: Run; folder: string }[] {
  const hasProjects = new Set(runs.map(({ project }) => project)).size > 1
  const taken = new Set<string>()
  return runs.map((run) => {
    const name = safePath(run.name)
    const path = hasProjects ? `${safePath(run.project)}/${name}` : name
    // Some file systems do not tell upper case from lower.
    const folder = taken.has(path.toLowerCase()) ? `${path}-${run.id}` : path
    taken.add(folder.toLowerCase())
    return { run, folder }
  })
}

/** Slashes stay folders, as runs that came from folders have them in their names; nothing leads out of where it is written. */
function safePath(name: string): string {
  const parts = name
    .split('/')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are among what no name may have
    .map((part) => part.replaceAll(/[\u0000-\u001f<>:"|?*\\]/g, '_').slice(0, 100))
    .map((part) => (/^\.*$/.test(part.trim()) ? '_' : part))
  return parts.join('/')
}
