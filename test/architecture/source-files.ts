import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

export const ROOT = join(import.meta.dirname, '../..')

export interface Import {
  /** As written: `./ema.ts`, `node:fs`, `drizzle-orm/better-sqlite3`. */
  specifier: string
  /** Path in the repository for relative imports, else null. */
  target: string | null
  /** `import type` and `export type … from`: erased before anything runs. */
  typeOnly: boolean
}

export interface SourceFile {
  /** Path from the root of the repository, with `/`. */
  path: string
  text: string
  lines: number
  imports: Import[]
}

const STATEMENT = /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{][^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]/gm
const CALL = /\bimport\(\s*(?:\/\*.*?\*\/\s*)?['"]([^'"]+)['"]/g

/** Imports of a module, read from its text: quick, and enough because Biome keeps one style. */
export function importsOf(path: string, text: string): Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
  const resolve = (specifier: string) => (specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : null)
  const found: Import[] = []
  for (const [, type, specifier = ''] of code.matchAll(STATEMENT)) found.push({ specifier, target: resolve(specifier), typeOnly: type !== undefined })
  for (const { 1: specifier = '', index } of code.matchAll(CALL)) {
    // `typeof import('x')` is erased too.
    const typeOnly = /typeof\s+$/.test(code.slice(0, index))
    found.push({ specifier, target: resolve(specifier), typeOnly })
  }
  return found
}

let cache: SourceFile[] | undefined

/** All TypeScript and JavaScript files that git tracks or would track. */
export function sourceFiles(): SourceFile[] {
  cache ??= execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: ROOT, encoding: 'utf8' })
    .split('\0')
    .filter((path) => /\.(ts|tsx|mts|mjs|js)$/.test(path) && !path.endsWith('next-env.d.ts') && existsSync(join(ROOT, path)))
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8')
      return { path, text, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), imports: importsOf(path, text) }
    })
  return cache
}
