import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from './fixtures/built-library.ts'
import { expectedValue, runScript, startScript } from './fixtures/script.ts'
import { readRun, readRuns, type StoredRun } from './fixtures/stored-run.ts'

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())

/** Another program in the middle of a transaction. */
function lock(store: string): { release(): void } {
  const database = new Database(store)
  database.exec('BEGIN IMMEDIATE')
  return {
    release() {
      database.exec('ROLLBACK')
      database.close()
    },
  }
}

async function newestRun(store: string): Promise<StoredRun> {
  const newest = (await readRuns(store)).sort((a, b) => b.number - a.number)[0]
  return readRun(store, newest?.id ?? '')
}

function expectSteps({ run, points }: StoredRun, n: number): void {
  const { step, value } = points.get('value') ?? { step: [], value: [] }
  expect(step.length).toBe(n)
  expect(step.every((one, index) => one === index)).toBe(true)
  expect(value.every((one, index) => Object.is(one, expectedValue(index)))).toBe(true)
  expect(run.droppedPoints).toBe(0)
}

describe('a store locked by another program', () => {
  it('while training: training goes on, and everything is stored once it is free', async () => {
    await using folder = tempFolder()
    const source = `const run = init(); log(run, 0, 1000); await run.flush(); say('go')
      await new Promise((go) => process.stdin.once('data', go))
      log(run, 1000, 300_000); run.log({ counts: histogram([1, 2, 3]), note: text('kept') }, 5)
      say('flushed ' + await run.flush()); say('logged')
      await new Promise((go) => process.stdin.once('data', go))
      say('finished ' + await run.finish()); process.exit()`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('go')
    const locked = lock(folder.store)
    script.child.stdin?.write('x')
    await script.prints('logged')
    expect(script.output.stdout).toContain('flushed false')
    expectSteps(await newestRun(folder.store), 1000)
    locked.release()
    script.child.stdin?.write('x')
    expect(await script.ended).toMatchObject({ code: 0 })
    expect(script.output.stdout).toContain('finished true')
    const stored = await newestRun(folder.store)
    expectSteps(stored, 300_000)
    expect(stored.run.status).toBe('finished')
    expect(stored.records.filter(({ name }) => name === 'counts' || name === 'note').map(({ name }) => name)).toEqual(['counts', 'note'])
  })

  it('from the first moment: init does not throw, and the run appears with everything once it is free', async () => {
    await using folder = tempFolder()
    await runScript(library.folder, folder.store, 'await init().finish()')
    const locked = lock(folder.store)
    const source = `const run = init({ name: 'patient' }); log(run, 0, 50_000); say('logged as ' + run.number)
      await new Promise((go) => process.stdin.once('data', go)); say('finished ' + await run.finish() + ' ' + run.number); process.exit()`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('logged as null')
    locked.release()
    script.child.stdin?.write('x')
    expect(await script.ended).toMatchObject({ code: 0 })
    expect(script.output.stdout).toContain('finished true 2')
    const stored = await newestRun(folder.store)
    expectSteps(stored, 50_000)
    expect(stored.run).toMatchObject({ name: 'patient', status: 'finished' })
  })

  it('to the very end: the process ends after 5 s and says how much is lost', async () => {
    await using folder = tempFolder()
    const script = startScript(
      library.folder,
      folder.store,
      `const run = init(); await run.flush(); say('go'); await new Promise((go) => process.stdin.once('data', go)); log(run, 0, 1234); process.exit(0)`,
    )
    await script.prints('go')
    const locked = lock(folder.store)
    script.child.stdin?.write('x')
    expect(await script.ended).toEqual({ code: 0, signal: null })
    locked.release()
    const lost = /the store took nothing for 5 s at the end of the process: (\d+) points/.exec(script.output.stderr)
    // The system metrics of the last moments are points as well.
    expect(Number(lost?.[1])).toBeGreaterThanOrEqual(1234)
    expect(Number(lost?.[1])).toBeLessThan(1250)
    expectSteps(await newestRun(folder.store), 0)
  })
})

describe('a full disk', () => {
  it('does not disturb training; it is said once, and everything is stored when there is room again', async () => {
    await using folder = tempFolder()
    await runScript(library.folder, folder.store, 'await init().finish()')
    const limitBytes = 128 * 1024 + statSync(folder.store).size
    const source = `const run = init(); log(run, 0, 400_000); say('logged ' + await run.flush())
      for (;;) { if (!(await run.flush())) break; log(run, run.nextStep, run.nextStep + 10_000) }
      const last = run.nextStep; say('full at ' + last + '.')
      await new Promise((go) => process.stdin.once('data', go))
      log(run, last, last + 10); say('finished ' + await run.finish()); process.exit()`
    const script = startScript(library.folder, folder.store, source, { limitBytes })
    await script.prints('full at')
    await script.prints('.')
    execFileSync('prlimit', ['--pid', String(script.child.pid), '--fsize=unlimited'])
    script.child.stdin?.write('x')
    expect(await script.ended).toMatchObject({ code: 0 })
    expect(script.output.stdout).toContain('finished true')
    expect(script.output.stderr.match(/the disk or your quota is full/g)).toHaveLength(1)
    expect(script.output.stderr).toContain('the store takes data again')
    const last = Number(/full at (\d+)\./.exec(script.output.stdout)?.[1])
    expectSteps(await newestRun(folder.store), last + 10)
  })
})

describe('a run deleted while it is logged', () => {
  it('says so and ends in peace', async () => {
    await using folder = tempFolder()
    const source = `const run = init({ id: 'doomed' }); log(run, 0, 10); await run.flush(); say('go'); await new Promise((go) => process.stdin.once('data', go))
      log(run, 10, 20); say('flushed ' + await run.flush()); log(run, 20, 30); say('finished ' + await run.finish()); process.exit()`
    const script = startScript(library.folder, folder.store, source)
    await script.prints('go')
    const store = await openStore(folder.store, { mode: 'write' })
    await store.removeRuns(['doomed'])
    script.child.stdin?.write('x')
    expect(await script.ended).toMatchObject({ code: 0 })
    expect(script.output.stdout).toContain('flushed false\nfinished false')
    expect(script.output.stderr).toContain('this run was deleted')
    expect(await store.run('doomed')).toBeNull()
    await store.close()
  })
})
