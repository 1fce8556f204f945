import { afterAll, beforeAll, expect, it } from 'vitest'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from '../fixtures/built-library.ts'
import { startScript } from '../fixtures/script.ts'
import { readRun, readRuns } from '../fixtures/stored-run.ts'
import { expectWhole, journalsIn, serverProcess, superseded, sync } from './remote.ts'

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())

const PLAIN = '{ quiet: true, captureConsole: false, systemMetrics: false, saveGit: false }'
/** Logs 100 steps every 5 ms until told to stop, and says how far it has come. */
const STEADY = `const run = init(${PLAIN}); let step = 0; let stop = false
  process.stdin.on('data', () => { stop = true })
  while (!stop) { log(run, step, step + 100); step += 100; if (step % 10_000 === 0) say('at ' + step); await new Promise((go) => setTimeout(go, 5)) }
  await run.flush(); say('flushed ' + step)`
const at = (port: number) => ({ env: { LOSSBOARD_URL: `http://127.0.0.1:${port}` } })
const logged = (stdout: string) => Number(/flushed (\d+)/.exec(stdout)?.[1])

it('a server killed in the middle of a run, twice, loses nothing and doubles nothing', async () => {
  await using folder = tempFolder()
  await using first = await serverProcess(folder.store)
  const source = `${STEADY}; say('finished ' + await run.finish({ timeoutMs: 60_000 })); process.exit()`
  const script = startScript(library.folder, folder.store, source, at(first.port))
  await script.prints('at 10000')
  await first.kill('SIGKILL')
  await script.prints('at 20000')
  await using second = await serverProcess(folder.store, first.port)
  await script.prints('at 30000')
  await second.kill('SIGKILL')
  script.child.stdin?.write('x')
  await script.prints('flushed')
  await using _ = await serverProcess(folder.store, first.port)
  expect(await script.ended).toMatchObject({ code: 0 })
  expect(script.output.stdout).toContain('finished true')
  const [run] = await readRuns(folder.store)
  await expectWhole(folder.store, run?.id ?? '', logged(script.output.stdout))
  expect(journalsIn(folder.path)).toEqual([])
})

it('a process killed while its server was away: sync brings everything up to its last flush, once, and says that it died', async () => {
  await using folder = tempFolder()
  await using server = await serverProcess(folder.store)
  const source = `${STEADY}; log(run, step, step + 100); setInterval(() => {}, 1000)`
  const script = startScript(library.folder, folder.store, source, at(server.port))
  await script.prints('at 10000')
  await server.kill('SIGKILL')
  await script.prints('at 20000')
  // Whoever still writes is left alone.
  expect(await sync(folder.path)).toMatchObject([{ status: 'skipped' }])
  script.child.stdin?.write('x')
  await script.prints('flushed')
  script.child.kill('SIGKILL')
  await script.ended
  await using again = await serverProcess(folder.store, server.port)
  expect(await sync(folder.path, '--keep', '--url', again.url)).toMatchObject([{ status: 'synced' }])
  expect(await sync(folder.path)).toMatchObject([{ status: 'synced', sent: { batches: 0, points: 0 } }])
  const [run] = await readRuns(folder.store)
  const { points } = await readRun(folder.store, run?.id ?? '')
  const n = points.get('value')?.step.length ?? 0
  expect(n - logged(script.output.stdout)).toBeGreaterThanOrEqual(0)
  expect(n - logged(script.output.stdout)).toBeLessThanOrEqual(100)
  expect((await expectWhole(folder.store, run?.id ?? '', n)).run).toMatchObject({ status: 'crashed' })
  expect(await superseded(folder.store, run?.id ?? '')).toBe(0)
  expect(journalsIn(folder.path)).toEqual([])
})

it('both killed at the same moment: nothing that was flushed is lost or doubled', async () => {
  await using folder = tempFolder()
  await using server = await serverProcess(folder.store)
  const source = `${STEADY}; setInterval(() => log(run, step, ++step), 1)`
  const script = startScript(library.folder, folder.store, source, at(server.port))
  await script.prints('at 10000')
  script.child.stdin?.write('x')
  await script.prints('flushed')
  script.child.kill('SIGKILL')
  await server.kill('SIGKILL')
  await script.ended
  await using _ = await serverProcess(folder.store, server.port)
  expect(await sync(folder.path)).toMatchObject([{ status: 'synced' }])
  const [run] = await readRuns(folder.store)
  const n = (await readRun(folder.store, run?.id ?? '')).points.get('value')?.step.length ?? 0
  expect(n).toBeGreaterThanOrEqual(logged(script.output.stdout))
  await expectWhole(folder.store, run?.id ?? '', n)
})
