import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from './fixtures/built-library.ts'
import { expectedValue, runScript, startScript } from './fixtures/script.ts'
import { readRun, readRuns } from './fixtures/stored-run.ts'

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())

const STEPS = 20_000

/** The only run of the store: its status, and that its values are steps 0…n−1, each with its value; returns n. */
async function storedSteps(store: string): Promise<{ n: number; status: string; reason: string | null; ended: boolean }> {
  const [only, ...others] = await readRuns(store)
  expect(others).toEqual([])
  const { run, points } = await readRun(store, only?.id ?? '')
  const { step, value } = points.get('value') ?? { step: [], value: [] }
  expect(step.every((one, index) => one === index)).toBe(true)
  expect(value.every((one, index) => Object.is(one, expectedValue(index)))).toBe(true)
  expect(run.droppedPoints).toBe(0)
  return { n: step.length, status: run.status, reason: run.statusReason, ended: run.endedAt !== null }
}

const INIT = `const run = init(); log(run, 0, ${STEPS})\n`

/** Ways a process ends by itself: the rest of the script → what is stored about the end, and the exit code. */
const ENDINGS: Record<string, { script: string; status: string; reason?: string | RegExp; code: number }> = {
  'runs to its end without finish()': { script: INIT, status: 'finished', code: 0 },
  'awaits finish()': { script: `${INIT} await run.finish()`, status: 'finished', code: 0 },
  'calls finish() and exits at once': { script: `${INIT} run.finish(); process.exit(0)`, status: 'finished', code: 0 },
  'fails by its own word': {
    script: `${INIT} await run.finish({ status: 'failed', reason: 'bad data' })`,
    status: 'failed',
    reason: 'bad data',
    code: 0,
  },
  throws: { script: `${INIT} throw new RangeError('boom')`, status: 'failed', reason: 'RangeError: boom', code: 1 },
  'throws in a timer': { script: `${INIT} setTimeout(() => { throw new Error('later') }, 5)`, status: 'failed', reason: 'later', code: 1 },
  'leaves a rejection unhandled': {
    script: `${INIT} Promise.reject(new Error('nobody cares'))`,
    status: 'failed',
    reason: /nobody cares/,
    code: 1,
  },
  'calls process.exit(0)': { script: `${INIT} process.exit(0)`, status: 'finished', code: 0 },
  'calls process.exit(3)': { script: `${INIT} process.exit(3)`, status: 'failed', reason: 'exit code 3', code: 3 },
  'sets an exit code': { script: `${INIT} process.exitCode = 4`, status: 'failed', reason: 'exit code 4', code: 4 },
  'survives an error with a handler of its own': {
    script: `process.on('uncaughtException', () => {}); ${INIT} setTimeout(() => { throw new Error('handled') }, 5)`,
    status: 'finished',
    code: 0,
  },
  'returns from track': { script: `await track({}, (run) => log(run, 0, ${STEPS}))`, status: 'finished', code: 0 },
  'throws inside track': {
    script: `await track({}, async (run) => { log(run, 0, ${STEPS}); throw new Error('inside') })`,
    status: 'failed',
    reason: 'inside',
    code: 1,
  },
  'exits inside track': {
    script: `await track({}, async (run) => { log(run, 0, ${STEPS}); process.exit(0) })`,
    status: 'interrupted',
    reason: /before the callback/,
    code: 0,
  },
  'leaves a block that disposes of the run': {
    script: `const run = init(); log(run, 0, ${STEPS}); await run[Symbol.asyncDispose]()`,
    status: 'interrupted',
    reason: 'left without finish()',
    code: 0,
  },
}

describe('a script that', () => {
  for (const [name, { script, status, reason, code }] of Object.entries(ENDINGS)) {
    it(`${name} loses nothing and is ${status}`, async () => {
      await using folder = tempFolder()
      const result = await runScript(library.folder, folder.store, script)
      expect(result.code, result.stderr).toBe(code)
      const stored = await storedSteps(folder.store)
      expect(stored).toMatchObject({ n: STEPS, status, ended: true })
      if (reason instanceof RegExp) expect(stored.reason).toMatch(reason)
      else expect(stored.reason).toBe(reason ?? null)
    })
  }

  it('gives track a result gets it back, and the error it throws comes out', async () => {
    await using folder = tempFolder()
    const { stdout } = await runScript(
      library.folder,
      folder.store,
      `say(String(await track({}, () => 42))); await track({}, () => { throw new TypeError('mine') }).catch((error) => say(error.name + ' ' + error.message))`,
    )
    expect(stdout).toBe('42\nTypeError mine\n')
  })
})

const FOREVER = 'setInterval(() => {}, 1000)'

describe('a signal', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`${signal} stores everything, marks the run interrupted, and ends the process as it would have`, async () => {
      await using folder = tempFolder()
      const script = startScript(library.folder, folder.store, `${INIT} say('logged'); ${FOREVER}`)
      await script.prints('logged')
      script.child.kill(signal)
      expect(await script.ended).toEqual({ code: null, signal })
      expect(await storedSteps(folder.store)).toEqual({ n: STEPS, status: 'interrupted', reason: signal, ended: true })
    })
  }

  it('is left to handlers of the user, who then end the run themselves', async () => {
    await using folder = tempFolder()
    const source = `process.on('SIGINT', async () => { log(run, ${STEPS}, ${STEPS + 10}); await run.finish(); process.exit(5) }); ${INIT} say('logged'); ${FOREVER}`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('logged')
    script.child.kill('SIGINT')
    expect(await script.ended).toEqual({ code: 5, signal: null })
    expect(await storedSteps(folder.store)).toMatchObject({ n: STEPS + 10, status: 'interrupted', reason: 'SIGINT' })
  })

  it('lets a loop that reads run.signal stop cleanly', async () => {
    await using folder = tempFolder()
    const source = `await track({}, async (run) => {
      log(run, 0, ${STEPS}); say('logged')
      while (!run.signal.aborted) { if (run.nextStep > ${STEPS}) say('watching'); log(run, run.nextStep, run.nextStep + 1); await new Promise((next) => setTimeout(next, 5)) }
      say('stopped by ' + run.signal.reason.name)
    }); say('after')`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('watching')
    script.child.kill('SIGINT')
    expect(await script.ended).toEqual({ code: 0, signal: null })
    expect(script.output.stdout).toMatch(/stopped by AbortError\nafter\n$/)
    expect(await storedSteps(folder.store)).toMatchObject({ status: 'interrupted', reason: 'SIGINT' })
  })

  it('sent twice ends also a script that reads run.signal and does not stop', async () => {
    await using folder = tempFolder()
    const source = `${INIT} run.signal.addEventListener('abort', () => say('heard')); say('logged'); ${FOREVER}`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('logged')
    script.child.kill('SIGINT')
    await script.prints('heard')
    script.child.kill('SIGINT')
    expect(await script.ended).toEqual({ code: null, signal: 'SIGINT' })
    expect(await storedSteps(folder.store)).toMatchObject({ n: STEPS, status: 'interrupted' })
  })

  it('ends a loop that never lets the event loop turn; all but the last moments are stored', async () => {
    await using folder = tempFolder()
    const source = `const run = init(); const until = Date.now() + 60_000; let step = 0
      for (let turn = 0; Date.now() < until; turn++) { log(run, step, step += 50); pause(2); if (turn === 2000) say('deep in the loop') }
      function pause(ms) { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms) }`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('deep in the loop')
    script.child.kill('SIGINT')
    expect(await script.ended).toEqual({ code: null, signal: 'SIGINT' })
    const stored = await storedSteps(folder.store)
    expect(stored).toMatchObject({ status: 'running', ended: false })
    expect(stored.n).toBeGreaterThan(0)
  })
})

describe('kill -9', () => {
  const IN_A_LOOP = `const run = init(); let step = 0
    for (;;) { for (let i = 0; i < 20; i++) log(run, step, step += 100); if (run.flushSync()) say('safe ' + step + '.') `

  it('keeps everything that a flush had confirmed, in a loop that never lets the event loop turn', async () => {
    await using folder = tempFolder()
    const script = startScript(library.folder, folder.store, `${IN_A_LOOP} }`)
    await script.prints('safe 20000.')
    script.child.kill('SIGKILL')
    await script.ended
    const confirmed = Math.max(...[...script.output.stdout.matchAll(/safe (\d+)\./g)].map(([, step]) => Number(step)))
    const { n, status } = await storedSteps(folder.store)
    expect(n).toBeGreaterThanOrEqual(confirmed)
    expect(status).toBe('running')
  })

  it('without any flush keeps what the worker has stored meanwhile, cut between two calls', async () => {
    await using folder = tempFolder()
    const source = `const run = init(); let step = 0; let told = false
      for (;;) { log(run, step, step += 1); for (let i = 0; i < 2000; i++); if (step === 1) say('started') }`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('started')
    // The event loop of the script stands still: what appears in the store is the worker's doing.
    await expect.poll(async () => (await storedSteps(folder.store)).n, { timeout: 30_000 }).toBeGreaterThan(0)
    script.child.kill('SIGKILL')
    await script.ended
    expect((await storedSteps(folder.store)).n).toBeGreaterThan(0)
  })

  it('leaves a run that its reader can tell as crashed', async () => {
    await using folder = tempFolder()
    const script = startScript(library.folder, folder.store, `${INIT} run.flushSync(); say('logged'); ${FOREVER}`)
    await script.prints('logged')
    script.child.kill('SIGKILL')
    await once(script.child, 'exit')
    const { openStore } = await import('../../db/open.ts')
    const store = await openStore(folder.store, { mode: 'write' })
    const marked = await store.markCrashed(Date.now(), 120_000)
    await store.close()
    expect(marked).toHaveLength(1)
    expect(await storedSteps(folder.store)).toMatchObject({ n: STEPS, status: 'crashed' })
  })
})
