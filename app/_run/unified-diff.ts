export type DiffLineKind = 'file' | 'hunk' | 'added' | 'removed' | 'context' | 'note'

export interface DiffLine {
  kind: DiffLineKind
  text: string
  /** Line number in the old and new file, where the line has one. */
  oldLine: number | null
  newLine: number | null
}

export interface DiffFile {
  path: string
  added: number
  removed: number
  lines: DiffLine[]
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/**
 * Reads `git diff` output into files and numbered lines. Inside a hunk the counts of its header rule, so that a removed line
 * which itself begins with `--` is no file header. Text before the first file is kept as a file without a path.
 */
export function parseUnifiedDiff(diff: string): DiffFile[] {
  const files: DiffFile[] = []
  let file: DiffFile | null = null
  let oldLine = 0
  let newLine = 0
  let oldLeft = 0
  let newLeft = 0
  const open = (path: string) => {
    file = { path, added: 0, removed: 0, lines: [] }
    files.push(file)
    return file
  }
  for (const text of diff.replace(/\n$/, '').split('\n')) {
    const inHunk = oldLeft > 0 || newLeft > 0
    if (inHunk && !text.startsWith('\\')) {
      const target: DiffFile = file ?? open('')
      const mark = text[0]
      const takesOld = mark !== '+'
      const takesNew = mark !== '-'
      if (mark === '+') target.added++
      if (mark === '-') target.removed++
      target.lines.push({
        kind: mark === '+' ? 'added' : mark === '-' ? 'removed' : 'context',
        text,
        oldLine: takesOld ? oldLine++ : null,
        newLine: takesNew ? newLine++ : null,
      })
      if (takesOld) oldLeft--
      if (takesNew) newLeft--
      continue
    }
    if (text.startsWith('diff --git ')) {
      open(/ b\/(.*)$/.exec(text)?.[1] ?? text.slice('diff --git '.length))
      continue
    }
    // Plain `diff -u` names its files here only.
    const named = /^\+\+\+ (?:b\/)?([^\t]+)/.exec(text)
    if (named && file && (file as DiffFile).path === '') (file as DiffFile).path = named[1]!
    const target: DiffFile = file ?? open('')
    const hunk = HUNK.exec(text)
    if (hunk) {
      oldLine = Number(hunk[1])
      newLine = Number(hunk[3])
      oldLeft = Number(hunk[2] ?? 1)
      newLeft = Number(hunk[4] ?? 1)
      target.lines.push({ kind: 'hunk', text, oldLine: null, newLine: null })
    } else if (text.startsWith('\\')) target.lines.push({ kind: 'note', text, oldLine: null, newLine: null })
    else if (text !== '') target.lines.push({ kind: 'file', text, oldLine: null, newLine: null })
  }
  return files.filter((one) => one.path !== '' || one.lines.length > 0)
}
