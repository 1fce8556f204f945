import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from './fixtures/built-library.ts'
import { expectedValue, runScript } from './fixtures/script.ts'
import { readRun, readRuns } from './fixtures/stored-run.ts'

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())

describe('the bundled library', () => {
  it('works from CommonJS as from ES modules', async () => {
    await using folder = tempFolder()
    const source = 'const run = init(); log(run, 0, 500); run.log({ note: text("hi") }, 3)'
    for (const cjs of [true, false]) {
      const { code, stderr } = await runScript(library.folder, folder.store, source, { cjs })
      expect(code, stderr).toBe(0)
    }
    const runs = await readRuns(folder.store)
    expect(runs.map(({ status }) => status)).toEqual(['finished', 'finished'])
    for (const { id } of runs) {
      const { points, records } = await readRun(folder.store, id)
      expect(points.get('value')?.value).toEqual(Array.from({ length: 500 }, (_, step) => expectedValue(step)))
      expect(records.map(({ name }) => name)).toEqual(['note'])
    }
  })

  it('keeps processes that log to one store at the same time apart', async () => {
    await using folder = tempFolder()
    const source =
      'const run = init({ name: "run-" + process.pid }); for (let i = 0; i < 20; i++) { log(run, i * 1000, i * 1000 + 1000); await new Promise((r) => setTimeout(r, 10)) }'
    const ended = await Promise.all(Array.from({ length: 4 }, () => runScript(library.folder, folder.store, source)))
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0])
    const runs = await readRuns(folder.store)
    expect(runs.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4])
    for (const { id } of runs) {
      const { points } = await readRun(folder.store, id)
      expect(points.get('value')?.value).toEqual(Array.from({ length: 20_000 }, (_, step) => expectedValue(step)))
    }
  })

  it('logs from a worker thread of the user as from the main one', async () => {
    await using folder = tempFolder()
    const source = `const { Worker, isMainThread } = await import('node:worker_threads')
      if (isMainThread) await new Promise((done) => new Worker(new URL(import.meta.url)).on('exit', done))
      else { const run = init(); log(run, 0, 1000) }`
    const { code, stderr } = await runScript(library.folder, folder.store, source)
    expect(code, stderr).toBe(0)
    const [only] = await readRuns(folder.store)
    expect(only?.status).toBe('finished')
    expect((await readRun(folder.store, only?.id ?? '')).points.get('value')?.value).toEqual(
      Array.from({ length: 1000 }, (_, step) => expectedValue(step)),
    )
  })

  it('does not keep a process alive, nor hold listeners once its runs have ended', async () => {
    await using folder = tempFolder()
    const source = `const before = ['SIGINT', 'SIGTERM', 'exit', 'uncaughtExceptionMonitor'].map((name) => process.listenerCount(name)).join()
      const write = process.stdout.write
      for (let i = 0; i < 3; i++) { const run = init({ quiet: true }); log(run, 0, 10); await run.finish() }
      await new Promise((r) => setTimeout(r, 300))
      say(String(before === ['SIGINT', 'SIGTERM', 'exit', 'uncaughtExceptionMonitor'].map((name) => process.listenerCount(name)).join() && write === process.stdout.write))`
    const { stdout, code } = await runScript(library.folder, folder.store, source)
    expect([stdout, code]).toEqual(['true\n', 0])
  })
})
