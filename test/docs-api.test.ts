import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { transformSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as library from '../trainer/index.ts'
import { OPTION_NAMES, OPTION_VARIABLES } from '../trainer/options.ts'
import { ROOT } from './architecture/source-files.ts'
import { type BuiltLibrary, buildLibrary } from './trainer/fixtures/built-library.ts'
import { readRuns } from './trainer/fixtures/stored-run.ts'

const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8')
const headings = [...page.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading]) => heading ?? '')
const sections = page.split(/^(?=#{2,3} )/m).slice(1)
const section = (heading: string) => sections.find((one) => one.startsWith(`## ${heading}\n`) || one.startsWith(`### ${heading}\n`)) ?? ''
const scripts = sections.flatMap((one) => {
  const name = /^#+ (.+)/.exec(one)?.[1] ?? ''
  return [...one.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, source = '']) => ({ name, source }))
})
const examples = readdirSync(join(ROOT, 'examples'))
  .filter((file) => file.endsWith('.ts') && !file.startsWith('tfjs'))
  .map((file) => ({ name: `examples/${file}`, source: readFileSync(join(ROOT, 'examples', file), 'utf8') }))

describe('docs/api.md', () => {
  it('has a section for every export and every member of a run', () => {
    const members = [...Object.getOwnPropertyNames(library.init({ mode: 'disabled' }).constructor.prototype)]
    const own = ['config', 'summary', ...members].filter((name) => name !== 'constructor')
    const inList = /Read-only: (.+?)\.\n/s.exec(section('Run'))?.[1] ?? ''
    expect(headings).toEqual(expect.arrayContaining(Object.keys(library)))
    for (const name of own) expect(headings.includes(`run.${name}`) || inList.includes(`\`${name}\``), name).toBe(true)
    expect(headings).toContain('run[Symbol.asyncDispose]')
  })

  it('shows for every one the signature, an example, and what it throws', () => {
    const described = sections.filter((one) =>
      /^(## (init|track|ablate|histogram|image|text|confusionMatrix|prCurve|checkpoint|finding|facts)|### )/.test(one),
    )
    expect(described.length).toBeGreaterThan(17)
    for (const one of described) {
      expect(one).toMatch(/^```\n[\s\S]+?^```/m)
      expect(one).toMatch(/^```ts\n/m)
      expect(one).toMatch(/^Throws /m)
    }
  })

  it('lists every option of init and every environment variable, and no other', () => {
    const cells = (text: string) => [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name)
    expect(cells(section('init'))).toEqual(OPTION_NAMES)
    expect(cells(section('Environment variables'))).toEqual(OPTION_VARIABLES)
  })
})

describe('every example', () => {
  let built: BuiltLibrary
  beforeAll(async () => {
    built = await buildLibrary({ store: 'db/index.ts' })
  })
  afterAll(() => built[Symbol.asyncDispose]())

  it('is right by its types, under strict rules', () => {
    const folder = join(built.folder, 'types')
    mkdirSync(folder)
    const wrong = { name: 'one that must be refused', source: "import { init } from 'lossboard'\ninit({ projct: 'x' }).log({ loss: 'high' })\n" }
    const all = [...scripts, ...examples, wrong]
    all.forEach(({ source }, index) => {
      writeFileSync(join(folder, `example-${index}.ts`), source)
    })
    const paths = { lossboard: [join(ROOT, 'trainer/index.ts')], 'lossboard/store': [join(ROOT, 'db/index.ts')] }
    const compilerOptions = { paths, typeRoots: [join(ROOT, 'node_modules/@types')] }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions: { ...compilerOptions, incremental: false }, include: ['*.ts'] }),
    )
    const { stdout } = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder], { encoding: 'utf8' })
    const refused = stdout.split('\n').filter((line) => line.includes('example-'))
    expect(refused.filter((line) => !line.includes(`example-${all.length - 1}.ts`))).toEqual([])
    expect(refused).toHaveLength(2)
    expect(all.length).toBeGreaterThan(18)
  })

  it.each([...scripts, ...examples])('runs: $name', async ({ name, source }) => {
    const folder = join(built.folder, `run-${name.replace(/\W/g, '-')}-${Math.abs(source.length)}`)
    mkdirSync(folder)
    symlinkSync(join(built.folder, 'node_modules'), join(folder, 'node_modules'))
    const file = join(folder, 'example.mjs')
    writeFileSync(file, transformSync(source, { loader: 'ts', target: 'node20' }).code)
    const env = { PATH: process.env.PATH, LOSSBOARD_DIR: folder } as unknown as NodeJS.ProcessEnv
    execFileSync(process.execPath, [file], { cwd: folder, env, stdio: 'pipe' })
    // Two of them only show an error.
    if (/LossboardError$/i.test(name)) return
    const runs = await readRuns(folder)
    expect(runs.length).toBeGreaterThan(0)
    for (const { status } of runs) expect(status).not.toBe('running')
  })
})
