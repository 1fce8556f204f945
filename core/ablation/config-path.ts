import { keyPart } from '../config-diff.ts'

/** Parts of a dotted path as `flattenConfig` writes it: parts in quotes hold dots of their own. */
export function splitPath(path: string): string[] {
  const parts: string[] = []
  let at = 0
  while (at <= path.length) {
    if (path[at] === '"') {
      let end = at + 1
      while (end < path.length && path[end] !== '"') end += path[end] === '\\' ? 2 : 1
      parts.push(JSON.parse(path.slice(at, end + 1)) as string)
      at = end + 2
    } else {
      const dot = path.indexOf('.', at)
      const end = dot < 0 ? path.length : dot
      parts.push(path.slice(at, end))
      at = end + 1
    }
  }
  return parts
}

/** Puts parts together again. */
export function joinPath(parts: readonly string[]): string {
  return parts.map(keyPart).join('.')
}

/** Whether `path` lies below `parent`. */
export function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}.`)
}

/** The path one level up; null at the top. */
export function parentPath(path: string): string | null {
  const parts = splitPath(path)
  return parts.length < 2 ? null : joinPath(parts.slice(0, -1))
}
