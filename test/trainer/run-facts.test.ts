import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { VERSION } from '../../core/version.ts'
import { init } from '../../trainer/index.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from './fixtures/built-library.ts'
import { runScript } from './fixtures/script.ts'
import { readRun, readRuns, withStore } from './fixtures/stored-run.ts'

const QUIET = { quiet: true, captureConsole: false, systemMetrics: false, saveGit: false } as const

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())
afterEach(() => vi.unstubAllEnvs())

describe('what a run is told about itself', () => {
  it('is stored: project, name, group, job type, tags, notes, seed, config', async () => {
    await using folder = tempFolder()
    const run = init({
      ...QUIET,
      dir: folder.store,
      project: 'digits',
      name: 'the one',
      group: 'mlp',
      jobType: 'train',
      tags: ['a', 'b', 'a'],
      notes: 'first try',
      config: { lr: 1e-3, seed: 7, layers: [1, 2], nested: { on: true, none: null, gone: undefined }, odd: Number.NaN, when: new Date(0) },
    })
    expect(run.config.lr).toBe(1e-3)
    await run.finish()
    expect((await readRun(folder.store, 'the one')).run).toMatchObject({
      id: run.id,
      project: 'digits',
      number: 1,
      group: 'mlp',
      jobType: 'train',
      tags: ['a', 'b'],
      notes: 'first try',
      seed: 7,
      config: { lr: 1e-3, seed: 7, layers: [1, 2], nested: { on: true, none: null }, odd: 'NaN', when: '1970-01-01T00:00:00.000Z' },
      writerVersion: VERSION,
    })
  })

  it('may come from the environment; an explicit option wins', async () => {
    await using folder = tempFolder()
    const set = {
      PROJECT: 'env',
      NAME: 'named',
      GROUP: 'g',
      TAGS: 'x, y,,z',
      NOTES: 'n',
      DIR: folder.path,
      RUN_ID: 'id-1',
      QUIET: '1',
      RESUME: 'allow',
    }
    for (const [name, value] of Object.entries(set)) vi.stubEnv(`LOSSBOARD_${name}`, value)
    const run = init({ captureConsole: false, systemMetrics: false, saveGit: false, group: 'option' })
    expect(run.store).toBe(join(folder.path, 'lossboard.db'))
    await run.finish()
    const stored = (await readRun(join(folder.path, 'lossboard.db'), 'id-1')).run
    expect(stored).toMatchObject({ id: 'id-1', project: 'env', name: 'named', group: 'option', tags: ['x', 'y', 'z'], notes: 'n' })
    vi.stubEnv('LOSSBOARD_MODE', 'disabled')
    expect(init({ id: 'other' }).store).toBeNull()
  })

  it('can be added to: config and summary merge, rules for metrics', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store, config: { lr: 1, model: { width: 8, depth: 2 } } })
    run.config.update({ steps: 100, model: { width: 16 } })
    run.summary.update({ best: 0.9 })
    ;(run.summary as { note?: string }).note = 'assigned'
    run.defineMetric('val/*', { step: 'epoch', goal: 'max' })
    run.defineMetric('lr', { unit: '1/step' })
    expect(run.config).toEqual({ lr: 1, model: { width: 16 }, steps: 100 })
    expect(() => {
      ;(run.config.model as { width: number }).width = 3
    }).toThrow(TypeError)
    await run.finish()
    const { run: stored } = await readRun(folder.store, run.id)
    expect(stored.config).toEqual({ lr: 1, model: { width: 16 }, steps: 100 })
    expect(stored.summary).toEqual({ best: 0.9, note: 'assigned' })
    const rules = await withStore(folder.store, (store) => store.rules(run.id))
    expect(rules.sort((a, b) => a.pattern.localeCompare(b.pattern))).toEqual([
      { pattern: 'lr', unit: '1/step' },
      { pattern: 'val/*', step: 'epoch', goal: 'max' },
    ])
  })
})

describe('resuming', () => {
  it('goes on in the same run: next step, config and summary kept, the newest line wins', async () => {
    await using folder = tempFolder()
    const first = init({ ...QUIET, dir: folder.store, id: 'long', name: 'long run', config: { lr: 1, seed: 3 } })
    for (let step = 0; step < 10; step++) first.log({ loss: step }, step)
    first.summary.update({ best: 5 })
    await first.finish({ status: 'interrupted' })
    const second = init({ ...QUIET, dir: folder.store, id: 'long', resume: 'must', config: { lr: 2 } })
    expect([second.name, second.nextStep, second.config, { ...second.summary }]).toEqual(['long run', 10, { lr: 2, seed: 3 }, { best: 5 }])
    second.log({ loss: 100 }, 8)
    second.log({ loss: 101 })
    second.summary.update({ last: 1 })
    await second.finish()
    const { run, points } = await readRun(folder.store, 'long')
    expect(run).toMatchObject({ status: 'finished', attempt: 2, config: { lr: 2, seed: 3 }, summary: { best: 5, last: 1 } })
    expect(points.get('loss')).toEqual({ step: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], value: [0, 1, 2, 3, 4, 5, 6, 7, 100, 101] })
    const [series] = await withStore(folder.store, (store) => store.series('long'))
    expect(series).toMatchObject({ n: 10, superseded: 2 })
  })

  it('with allow starts a new run when there is none', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store, id: 'fresh', resume: true })
    expect(run.nextStep).toBe(0)
    await run.finish()
    expect((await readRuns(folder.store)).map(({ id, attempt }) => [id, attempt])).toEqual([['fresh', 1]])
  })
})

describe('forking', () => {
  it('makes a new run that shows the parent up to the step', async () => {
    await using folder = tempFolder()
    const parent = init({ ...QUIET, dir: folder.store, name: 'parent' })
    for (let step = 0; step < 10; step++) parent.log({ loss: step }, step)
    await parent.finish()
    const child = init({ ...QUIET, dir: folder.store, name: 'child', forkFrom: { run: 'parent', step: 6 } })
    expect(child.nextStep).toBe(6)
    child.log({ loss: -1 })
    child.log({ loss: -2 })
    await child.finish()
    const stored = await readRun(folder.store, 'child')
    expect(stored.run).toMatchObject({ parentId: parent.id, forkStep: 6 })
    expect(stored.points.get('loss')).toEqual({ step: [0, 1, 2, 3, 4, 5, 6, 7], value: [0, 1, 2, 3, 4, 5, -1, -2] })
    expect((await readRun(folder.store, 'parent')).points.get('loss')?.step).toHaveLength(10)
  })
})

describe('what a run learns by itself', () => {
  it('is the machine, the command without secrets, package versions, git state and system metrics', async () => {
    await using folder = tempFolder()
    await using own = await buildLibrary()
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: own.folder, encoding: 'utf8' }).trim()
    writeFileSync(join(own.folder, 'train.txt'), 'one\n')
    git('init', '-q', '-b', 'trunk')
    git('remote', 'add', 'origin', 'https://me:secret@example.org/a.git')
    git('add', 'train.txt', 'package.json')
    git('commit', '-qm', 'first')
    writeFileSync(join(own.folder, 'train.txt'), 'two\n')
    mkdirSync(join(own.folder, 'node_modules/lossboard'), { recursive: true })
    const source = `process.argv.push('--api-key', 'hunter2', '--lr=0.1', '--token=abc'); const run = init(); log(run, 0, 3)`
    const { code, stderr } = await runScript(own.folder, folder.store, source)
    expect(code, stderr).toBe(0)
    const [only] = await readRuns(folder.store)
    const { run, points } = await readRun(folder.store, only?.id ?? '')
    const { environment } = run
    expect(environment).toMatchObject({ host: hostname(), node: process.versions.node, cwd: own.folder, packages: { lossboard: '0.0.0' } })
    expect(environment.pid).toBeGreaterThan(0)
    expect(environment.processStartedAt).toBeLessThanOrEqual(run.startedAt)
    expect(environment.command).toMatch(/script-\d+\.mjs --api-key \*\*\* --lr=0\.1 --token=\*\*\*$/)
    expect(environment.git).toMatchObject({ commit: git('rev-parse', 'HEAD'), branch: 'trunk', remote: 'https://***@example.org/a.git', dirty: true })
    expect(environment.git?.diff).toContain('-one\n+two')
    expect(environment.git?.diffTruncated).toBe(false)
    for (const name of ['system/cpu', 'system/cpu-host', 'system/memory', 'system/memory-host']) {
      expect(points.get(name)?.value.length, name).toBeGreaterThan(0)
      expect(
        points.get(name)?.value.every((value) => value >= 0),
        name,
      ).toBe(true)
    }
    expect(points.get('system/memory')?.value[0]).toBeGreaterThan(10)
  })

  it('can be switched off', async () => {
    await using folder = tempFolder()
    const { stderr } = await runScript(
      library.folder,
      folder.store,
      `const run = init({ captureConsole: false, systemMetrics: false, saveGit: false, quiet: true }); console.log('not kept'); log(run, 0, 1)`,
    )
    expect(stderr).toBe('')
    const [only] = await readRuns(folder.store)
    const { points, records, run } = await readRun(folder.store, only?.id ?? '')
    expect([[...points.keys()], records, run.environment.git]).toEqual([['value'], [], undefined])
  })
})

describe('the line at the start', () => {
  it('names the run, the store and how to watch it; a server that a given dir overrules is told', async () => {
    await using folder = tempFolder()
    const { stderr } = await runScript(library.folder, folder.store, `init({ name: 'hello', dir: process.env.LOSSBOARD_DIR })`, {
      env: { LOSSBOARD_URL: 'https://example.org' },
    })
    expect(stderr).toContain(`LOSSBOARD_URL is set, but dir is given: logging to ${folder.store}`)
    expect(stderr).toContain(`run hello (#1) → ${folder.store} · to watch: npx lossboard ${folder.store}`)
  })
})
