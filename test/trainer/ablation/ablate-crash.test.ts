import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from '../fixtures/built-library.ts'
import { runScript, startScript } from '../fixtures/script.ts'
import { withStore } from '../fixtures/stored-run.ts'

/**
 * The program that a user writes: 2 variants × 3 seeds. Appends a line to `trained` for each training that begins; the cell named in
 * HANG says "hanging" and never ends, the one in FAIL throws.
 */
const PROGRAM = `
import { ablate } from 'lossboard'
import { appendFileSync } from 'node:fs'
const { HANG, FAIL, PARALLEL, TRAINED } = process.env
const result = await ablate(
  { name: 'parts', project: 'p', base: { part: true }, without: { part: { part: false } }, seeds: 3, metrics: { acc: { goal: 'max' } }, quiet: !process.env.LOUD,
    parallel: Number(PARALLEL ?? 1), retries: 0 },
  async (config, run, { variant }) => {
    const cell = variant + ' ' + config.seed
    appendFileSync(TRAINED, cell + ' ' + process.pid + '\\n')
    run.log({ acc: config.seed })
    if (cell === HANG) { await run.flush(); appendFileSync(TRAINED, 'hanging\\n'); await new Promise((resolve) => setInterval(resolve, 1e9)) }
    if (cell === FAIL) throw new Error('boom')
  })
say(result.cells.map(({ variant, seed, status }) => variant + ' ' + seed + ' ' + status).join('\\n') + (result.interrupted ? '\\ninterrupted' : ''))
`
const ALL = ['full model 0', 'w/o part 0', 'full model 1', 'w/o part 1', 'full model 2', 'w/o part 2']

let built: BuiltLibrary
beforeAll(async () => {
  built = await buildLibrary()
})
afterAll(() => built[Symbol.asyncDispose]())

/** A study in a store of its own. */
function study() {
  const folder = tempFolder()
  const trained = join(folder.path, 'trained')
  const env = (more: Record<string, string>) => ({ TRAINED: trained, ...more })
  const lines = () => (existsSync(trained) ? readFileSync(trained, 'utf8').trim().split('\n') : [])
  return {
    store: folder.store,
    start: (more: Record<string, string> = {}) => startScript(built.folder, folder.store, PROGRAM, { env: env(more) }),
    run: (more: Record<string, string> = {}) => runScript(built.folder, folder.store, PROGRAM, { env: env(more) }),
    lines,
    cells: () =>
      lines()
        .filter((line) => line !== 'hanging')
        .map((line) => line.replace(/ \d+$/, '')),
    pids: () =>
      lines()
        .filter((line) => line !== 'hanging')
        .map((line) => Number(line.split(' ').at(-1))),
    async hanging() {
      while (!lines().includes('hanging')) await new Promise((resolve) => setTimeout(resolve, 20))
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const finished = (cells: string[]) => cells.map((cell) => `${cell} finished`).join('\n')

describe('a study killed with -9 in the middle of a cell', () => {
  it('goes on with exactly the cells that are missing', async () => {
    await using parts = study()
    const first = parts.start({ HANG: 'full model 1' })
    await parts.hanging()
    first.child.kill('SIGKILL')
    await first.ended
    expect(parts.cells()).toEqual(ALL.slice(0, 3))
    const { stdout, stderr } = await parts.run({ LOUD: '1' })
    expect(stderr).toContain('2 finished, 1 crashed; 4 to run')
    expect(stdout.trim()).toBe(finished(ALL))
    expect(parts.cells()).toEqual([...ALL.slice(0, 3), ...ALL.slice(2)])
    await withStore(parts.store, async (store) => {
      const { runs } = await store.overview({}, [])
      expect(runs.map(({ status }) => status).sort()).toEqual(['crashed', ...Array(6).fill('finished')])
      expect((await store.study('parts')).runs.length).toBe(7)
    })
  })

  it('in child processes takes them with it, and goes on in children', async () => {
    await using parts = study()
    const first = parts.start({ HANG: 'w/o part 0', PARALLEL: '2' })
    await parts.hanging()
    first.child.kill('SIGKILL')
    await first.ended
    for (const pid of parts.pids()) while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
    const before = parts.cells().length
    const { stdout } = await parts.run({ PARALLEL: '2' })
    expect(stdout.trim().split('\n').sort()).toEqual(finished(ALL).split('\n').sort())
    await withStore(parts.store, async (store) => {
      const done = (await store.overview({}, [])).runs.filter(({ status }) => status === 'finished')
      expect(done.map(({ group, seed }) => `${group} ${seed}`).sort()).toEqual([...ALL].sort())
    })
    expect(parts.cells().length).toBeLessThanOrEqual(before + 6)
  })
})

describe('Ctrl-C', () => {
  it('marks the run interrupted and ends the process; the next call goes on', async () => {
    await using parts = study()
    const first = parts.start({ HANG: 'w/o part 0' })
    await parts.hanging()
    first.child.kill('SIGINT')
    expect((await first.ended).signal).toBe('SIGINT')
    await withStore(parts.store, async (store) => {
      expect((await store.overview({}, [])).runs.map(({ status }) => status).sort()).toEqual(['finished', 'interrupted'])
    })
    expect((await parts.run()).stdout.trim()).toBe(finished(ALL))
  })

  it('stops the children, says so, and starts no more of them', async () => {
    await using parts = study()
    const first = parts.start({ HANG: 'full model 1', PARALLEL: '2', LOUD: '1' })
    await parts.hanging()
    first.child.kill('SIGINT')
    expect((await first.ended).code).toBe(130)
    expect(first.output.stdout).toContain('interrupted')
    expect(first.output.stderr).toContain('the same command goes on where this stopped')
    expect(parts.pids().filter(isAlive)).toEqual([])
    expect(parts.cells().length).toBeLessThan(6)
    await withStore(parts.store, async (store) => {
      expect((await store.overview({}, [])).runs.filter(({ status }) => status === 'running')).toEqual([])
    })
  })
})

describe('cells in child processes', () => {
  it('are each trained once, in processes of their own; one that fails does not stop the others', async () => {
    await using parts = study()
    const { stdout, code } = await parts.run({ PARALLEL: '2', FAIL: 'w/o part 1' })
    expect(stdout.trim()).toBe(ALL.map((cell) => `${cell} ${cell === 'w/o part 1' ? 'failed' : 'finished'}`).join('\n'))
    expect(code).toBe(0)
    expect(parts.cells().sort()).toEqual([...ALL].sort())
    expect(new Set(parts.pids()).size).toBe(6)
    await withStore(parts.store, async (store) => {
      const failed = (await store.overview({}, [])).runs.find(({ status }) => status === 'failed')
      expect([failed?.group, failed?.seed, failed?.statusReason]).toEqual(['w/o part', 1, 'boom'])
    })
  })
})

describe('a cell that another process runs', () => {
  it('is left to it', async () => {
    await using parts = study()
    const first = parts.start({ HANG: 'full model 0' })
    await parts.hanging()
    const { stdout, stderr } = await parts.run({ LOUD: '1' })
    expect(stderr).toContain('1 running in another process; 5 to run')
    expect(stdout.trim()).toBe(['full model 0 running', ...ALL.slice(1).map((cell) => `${cell} finished`)].join('\n'))
    first.child.kill('SIGKILL')
    await first.ended
  })
})
