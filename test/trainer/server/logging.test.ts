import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { histogram, image, init, text } from '../../../trainer/index.ts'
import { type TempFolder, tempFolder } from '../../fixtures/temp-folder.ts'
import { readRun, withStore } from '../fixtures/stored-run.ts'
import { command, journalsIn, type ServerProcess, serverProcess } from './remote.ts'

const PLAIN = { quiet: true, captureConsole: false, systemMetrics: false, saveGit: false } as const
/** NaN, −0, the infinities and the smallest double among them. */
const VALUES = [0.1, Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 1 / 3]

let folder: TempFolder
let server: ServerProcess
beforeAll(async () => {
  folder = tempFolder()
  server = await serverProcess(folder.store)
})
afterEach(() => {
  vi.unstubAllEnvs()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

/** The journal of a run goes where its store would be: each test has a place of its own. */
function place(): TempFolder {
  const own = tempFolder()
  vi.stubEnv('LOSSBOARD_DIR', own.store)
  return own
}

const logEverything = (run: ReturnType<typeof init>) => {
  for (let i = 0; i < 1000; i++) run.log({ loss: VALUES[i % VALUES.length] as number, accuracy: i }, i)
  run.log({ weights: histogram([1, 2, 3]), picture: image({ data: new Uint8Array(12).fill(7), width: 2, height: 2 }), note: text('kept') }, 7)
  run.defineMetric('loss', { goal: 'min' })
  run.summary.update({ best: Number.NaN })
  run.config.update({ late: true })
}

async function everythingOf(store: string, id: string) {
  const { run, points, records } = await readRun(store, id)
  const shown = ({ name, kind, step, payload, blobHash }: (typeof records)[number]) => ({ name, kind, step, payload, blobHash })
  const rules = await withStore(store, (opened) => opened.rules(id))
  const { project, status, config, summary, tags, notes, seed, group } = run
  return { project, status, config, summary, tags, notes, seed, group, points, rules, records: records.map(shown) }
}

it('stores through a server what a store in a file would hold, and leaves no journal', async () => {
  await using own = place()
  const options = { ...PLAIN, project: 'p', config: { lr: 0.1 }, tags: ['a'], notes: 'n', seed: 3, group: 'g' } as const
  const remote = init({ ...options, url: server.url })
  const local = init({ ...options, dir: own.store })
  for (const run of [remote, local]) logEverything(run as unknown as ReturnType<typeof init>)
  expect(await Promise.all([remote.finish(), local.finish()])).toEqual([true, true])
  expect(remote).toMatchObject({ url: server.url, store: null, number: expect.any(Number) })
  expect(await everythingOf(folder.store, remote.id)).toEqual(await everythingOf(own.store, local.id))
  const blobs = await withStore(folder.store, async (store) => {
    const [picture] = await store.records({ runId: remote.id, kind: 'image' })
    return store.blob(picture?.blobHash ?? '')
  })
  expect(blobs?.bytes.length).toBeGreaterThan(0)
  expect(journalsIn(own.path)).toEqual([])
})

it('resumes and forks on the server', async () => {
  await using _ = place()
  const first = init({ ...PLAIN, url: server.url, id: 'resumed', config: { a: 1 } })
  first.log({ value: 1 }, 4)
  first.summary.update({ kept: 1 })
  await first.finish()
  expect(() => init({ ...PLAIN, url: server.url, id: 'resumed' })).toThrow(/refuses the run: 409: run "resumed" exists already/)
  expect(() => init({ ...PLAIN, url: server.url, id: 'nobody', resume: 'must' })).toThrow(/refuses the run: 404/)
  const second = init<{ a: number; b: number }>({ ...PLAIN, url: server.url, id: 'resumed', resume: 'must', config: { b: 2 } as never })
  expect(second).toMatchObject({ firstStep: 5, name: first.name, config: { a: 1, b: 2 }, summary: { kept: 1 } })
  second.log({ value: 2 })
  second.summary.update({ more: 2 })
  await second.finish()
  const fork = init({ ...PLAIN, url: server.url, forkFrom: { run: first.name, step: 5 } })
  fork.log({ value: 3 })
  await fork.finish()
  expect((await readRun(folder.store, 'resumed')).points.get('value')).toEqual({ step: [4, 5], value: [1, 2] })
  expect((await readRun(folder.store, 'resumed')).run).toMatchObject({ attempt: 2, summary: { kept: 1, more: 2 }, config: { a: 1, b: 2 } })
  expect((await readRun(folder.store, fork.id)).points.get('value')).toEqual({ step: [4, 5], value: [1, 3] })
})

it('keeps a run in its journal when the mode is offline, for sync to a server or into a file', async () => {
  await using own = place()
  vi.stubEnv('LOSSBOARD_MODE', 'offline')
  const run = init({ ...PLAIN, project: 'p', config: { lr: 0.1 } })
  logEverything(run as unknown as ReturnType<typeof init>)
  vi.unstubAllEnvs()
  expect(await run.finish()).toBe(true)
  expect(existsSync(own.store)).toBe(false)
  const journal = join(own.path, 'lossboard-journal', journalsIn(own.path)[0] ?? '')
  expect(JSON.parse(readFileSync(join(journal, 'open.json'), 'utf8'))).toMatchObject({ version: 1, url: null, ended: true, run: { id: run.id } })
  expect(await command('sync', own.path, '--dry-run', '--url', server.url)).toContain('2,000 numbers, 3 other records')
  const copy = join(own.path, 'copy.db')
  expect(await command('sync', own.path, '--into', copy, '--keep')).toContain('1 journal: 1 synced')
  for (let again = 0; again < 2; again++) expect(await command('sync', own.path, '--url', server.url, '--keep')).toContain('1 synced')
  expect(await command('sync', own.path, '--url', server.url)).toContain('0 numbers, 0 other records in 0 batches')
  expect(journalsIn(own.path)).toEqual([])
  expect(await everythingOf(folder.store, run.id)).toEqual(await everythingOf(copy, run.id))
  expect((await everythingOf(copy, run.id)).points.get('loss')?.value.slice(0, 7)).toEqual(VALUES)
})

it('tells what is wrong with an address at the call', () => {
  const refused = (options: Parameters<typeof init>[0]) => {
    try {
      init({ ...PLAIN, ...options })
    } catch (error) {
      return (error as Error).message
    }
    return 'taken'
  }
  expect(refused({ url: 'gpu:6006' })).toBe('option url must be the address of a server, got "gpu:6006": did you mean http://gpu:6006?')
  expect(refused({ url: 'http://me:secret@gpu' })).toBe(
    'option url must not hold a user or password: give the token as token, or set LOSSBOARD_TOKEN',
  )
  expect(refused({ url: 'http://gpu/?token=x' })).toContain('must end before the "?": give the token as token')
  expect(refused({ url: 'http://gpu', dir: 'x.db' })).toBe('url logs to a server and dir to a store in a file: give one of them')
  vi.stubEnv('LOSSBOARD_URL', 'ftp://gpu')
  expect(refused({})).toContain('LOSSBOARD_URL must be the address of a server, got "ftp://gpu"')
})

it('logs to the store that is given, whatever LOSSBOARD_URL says', async () => {
  await using own = tempFolder()
  vi.stubEnv('LOSSBOARD_URL', server.url)
  vi.stubEnv('LOSSBOARD_MODE', 'offline')
  const run = init({ ...PLAIN, dir: own.store })
  run.log({ value: 1 })
  expect(await run.finish()).toBe(true)
  expect((await readRun(own.store, run.id)).points.get('value')?.value).toEqual([1])
  expect(journalsIn(own.path)).toEqual([])
})
