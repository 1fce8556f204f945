import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { FlushBatch } from '../../../core/flush-batch.ts'
import { encodeBatch } from '../../../core/ingest/encode-batch.ts'
import { ServerClient } from '../../../trainer/journal/server-client.ts'
import { type LineFault, tcpProxy } from '../../fixtures/tcp-proxy.ts'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from '../fixtures/built-library.ts'
import { runScript, startScript } from '../fixtures/script.ts'
import { readRun, readRuns } from '../fixtures/stored-run.ts'
import { expectWhole, journalsIn, serverHere, superseded, sync } from './remote.ts'

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())

const PLAIN = '{ quiet: true, captureConsole: false, systemMetrics: false, saveGit: false }'
const told = (stderr: string, what: RegExp) => stderr.split('\n').filter((line) => what.test(line)).length
const at = (port: number, more: Record<string, string> = {}) => ({ env: { LOSSBOARD_URL: `http://127.0.0.1:${port}`, ...more } })
const onlyRun = async (store: string) => (await readRuns(store))[0]?.id ?? ''

describe('a line that breaks', () => {
  const faults: [string, LineFault[]][] = [
    ['inside a body', [{ cutRequestAfter: 400_000 }, { cutRequestAfter: 900_000 }, { cutRequestAfter: 100 }]],
    ['before the answer, so that the batch is sent again', [{ answers: 1 }, { answers: 0 }, { answers: 2 }]],
  ]
  it.each(faults)('%s loses nothing and doubles nothing', async (_, all) => {
    await using folder = tempFolder()
    await using server = await serverHere(folder.store)
    await using line = await tcpProxy(server.port, (connection) => all[connection] ?? {})
    const source = `const run = init(${PLAIN}); log(run, 0, 60_000); run.log({ note: text('kept') }, 3)
      await run.flush(); log(run, 60_000, 100_000); say('finished ' + await run.finish({ timeoutMs: 30_000 }))`
    const { stdout, stderr } = await runScript(library.folder, folder.store, source, at(line.port))
    expect(stdout + stderr).toBe('finished true\n')
    expect(line.connections).toBe(4)
    const stored = await expectWhole(folder.store, await onlyRun(folder.store), 100_000)
    expect(stored.records.map(({ name }) => name)).toEqual(['note'])
    expect(stored.run.status).toBe('finished')
    expect(journalsIn(folder.path)).toEqual([])
  })

  it('holds up no one when it is slow: training ends, and what is left is sent later', async () => {
    await using folder = tempFolder()
    await using server = await serverHere(folder.store)
    await using line = await tcpProxy(server.port, () => ({ bytesPerSecond: 300_000 }))
    const source = `const run = init(${PLAIN}); const began = Date.now(); log(run, 0, 100_000); await run.flush()
      say('training took ' + (Date.now() - began < 5_000)); say('finished ' + await run.finish({ timeoutMs: 300 }))`
    const { stdout, stderr } = await runScript(library.folder, folder.store, source, at(line.port))
    expect(stdout).toBe('training took true\nfinished false\n')
    expect(told(stderr, /not everything has reached .* npx lossboard sync/)).toBe(1)
    expect(await sync(folder.path, '--dry-run')).toMatchObject([{ status: 'would sync', to: `http://127.0.0.1:${line.port}` }])
    await line[Symbol.asyncDispose]()
    await using mended = await tcpProxy(server.port, () => ({}))
    const [report] = await sync(folder.path, '--url', `http://127.0.0.1:${mended.port}`)
    expect(report).toMatchObject({ status: 'synced', notes: [] })
    await expectWhole(folder.store, await onlyRun(folder.store), 100_000)
  })
})

describe('a process that ends without finish()', () => {
  it.each([
    ['by itself', '', { status: 'finished', statusReason: null }],
    ['by an error', `throw new Error('out of luck')`, { status: 'failed', statusReason: 'out of luck' }],
    ['by Ctrl-C', `process.kill(process.pid, 'SIGINT'); setInterval(() => {}, 1000)`, { status: 'interrupted', statusReason: 'SIGINT' }],
  ])('%s sends everything before it is gone', async (_, end, expected) => {
    await using folder = tempFolder()
    await using server = await serverHere(folder.store)
    await runScript(library.folder, folder.store, `const run = init(${PLAIN}); log(run, 0, 50_000); ${end}`, at(server.port))
    expect((await expectWhole(folder.store, await onlyRun(folder.store), 50_000)).run).toMatchObject(expected)
    expect(journalsIn(folder.path)).toEqual([])
  })
})

describe('a server that refuses', () => {
  it('a token: it is told once, training goes on, and sync with the right one brings everything', async () => {
    await using folder = tempFolder()
    await using server = await serverHere(folder.store, { token: 'right' })
    const source = `const run = init(${PLAIN}); log(run, 0, 1000); await run.flush(); log(run, 1000, 2000); say('finished ' + await run.finish())`
    const { stdout, stderr } = await runScript(library.folder, folder.store, source, at(server.port, { LOSSBOARD_TOKEN: 'wrong' }))
    expect(stdout).toBe('finished false\n')
    expect(told(stderr, /refuses the data \(401: .*Training goes on/)).toBe(1)
    expect(await sync(folder.path, '--token', 'wrong')).toMatchObject([{ status: 'failed', code: 'token_unknown' }])
    expect(await sync(folder.path, '--token', 'right')).toMatchObject([{ status: 'synced', sent: { points: 2000 } }])
    await expectWhole(folder.store, await onlyRun(folder.store), 2000)
    expect(journalsIn(folder.path)).toEqual([])
  })

  it('a record for its size: the record is kept and told, everything else goes on, and a file takes it', async () => {
    await using folder = tempFolder()
    await using server = await serverHere(folder.store, { ingest: { bodyBytes: 200_000 } })
    const source = `const run = init(${PLAIN}); log(run, 0, 100)
      run.log({ big: image({ data: process.getBuiltinModule('node:crypto').randomBytes(300_000), width: 500, height: 200 }) }, 5)
      await run.flush(); log(run, 100, 2000); say('finished ' + await run.finish())`
    const { stdout, stderr } = await runScript(library.folder, folder.store, source, at(server.port))
    expect(stdout).toBe('finished false\n')
    expect(told(stderr, /refuses a batch of \d+ bytes for good: .*kept in/)).toBe(1)
    expect(told(stderr, /1 batches that .* refused are kept in .*--into runs.db/)).toBe(1)
    const id = await onlyRun(folder.store)
    await expectWhole(folder.store, id, 2000)
    expect(await sync(folder.path)).toMatchObject([{ status: 'failed', code: 'too_large' }])
    const copy = join(folder.path, 'copy.db')
    expect(await sync(folder.path, '--into', copy)).toMatchObject([{ status: 'synced' }])
    expect((await expectWhole(copy, id, 2000)).records.map(({ name, step }) => [name, step])).toEqual([['big', 5]])
    expect(journalsIn(folder.path)).toEqual([])
  })
})

describe('a server that is away when training starts', () => {
  it('gets everything once it is there, and the run its name', async () => {
    await using folder = tempFolder()
    await using before = await serverHere(folder.store)
    const { port } = before
    await before[Symbol.asyncDispose]()
    const source = `const run = init(${PLAIN}); log(run, 0, 1000); say('training ' + run.number); await run.flush()
      await new Promise((go) => process.stdin.once('data', go)); log(run, 1000, 2000)
      say('finished ' + await run.finish() + ' ' + run.number + ' ' + (run.name !== run.id)); process.exit()`
    const script = startScript(library.folder, folder.store, source, at(port))
    await script.prints('training null')
    await using server = await serverHere(folder.store, { port })
    await vi.waitUntil(async () => (await server.store.overview({}, [])).runs.length === 1, { timeout: 20_000 })
    script.child.stdin?.write('x')
    await script.ended
    expect(script.output.stdout).toContain('finished true 1 true')
    expect(script.output.stderr.trim().split('\n')).toEqual([expect.stringMatching(/ECONNREFUSED/), expect.stringMatching(/takes data again/)])
    await expectWhole(folder.store, await onlyRun(folder.store), 2000)
  })

  it('continues the run that was meant, and makes a new one when its id is taken', async () => {
    await using folder = tempFolder()
    const first = `const run = init({ ...${PLAIN}, dir: process.env.LOSSBOARD_DIR, id: 'mine', config: { a: 1 } })
      log(run, 0, 10); run.summary.update({ kept: 1 }); await run.finish()`
    await runScript(library.folder, folder.store, first)
    const later = (options: string) =>
      `const run = init({ ...${PLAIN}, id: 'mine', config: { b: 2 }, ...${options} })
      log(run, 10, 20); run.summary.update({ more: 2 }); run.config.update({ c: 3 }); await run.finish()`
    const { stderr } = await runScript(library.folder, folder.store, later(`{ resume: 'must' }`), at(9))
    expect(stderr).toContain('what run mine holds is known once')
    await runScript(library.folder, folder.store, later('{}'), at(9))
    await using server = await serverHere(folder.store)
    const reports = await sync(folder.path, '--url', server.url)
    expect(reports.map(({ status, notes }) => [status, notes.length])).toEqual([
      ['synced', 0],
      ['synced', 1],
    ])
    expect(reports[1]?.notes[0]).toMatch(/run "mine" exists already on .* stored as a new run, mine-/)
    const { run } = await expectWhole(folder.store, 'mine', 20)
    expect(run).toMatchObject({ attempt: 2, config: { a: 1, b: 2, c: 3 }, summary: { kept: 1, more: 2 } })
    expect((await readRuns(folder.store)).length).toBe(2)
  })
})

describe('a clock that is days ahead', () => {
  it('has its times put right by the server, and the run says by how much', async () => {
    await using folder = tempFolder()
    await using server = await serverHere(folder.store)
    const days = 3 * 24 * 3_600_000
    const real = Date.now()
    const client = new ServerClient(server.url, null)
    const batch: FlushBatch = {
      points: {
        names: ['value'],
        series: Uint32Array.of(0),
        step: Float64Array.of(0),
        wall: Float64Array.of(real + days),
        value: Float64Array.of(1),
      },
    }
    // Only the header that says when it was sent: the server of this process keeps the right time.
    const clock = vi.spyOn(Date, 'now').mockReturnValueOnce(real + days)
    const opened = await client.open({ writer: 'w', project: 'p', startedAt: real + days, resume: 'never' })
    clock.mockReturnValueOnce(real + days)
    const sent = opened.kind === 'ok' ? await client.batch(opened.body.id, 1, encodeBatch({ writer: 'w', sequence: 1, batch })) : opened
    clock.mockRestore()
    client.close()
    expect(sent).toMatchObject({ kind: 'ok', body: { points: 1 } })
    const id = await onlyRun(folder.store)
    const { run } = await readRun(folder.store, id)
    expect(Math.abs(run.startedAt - real)).toBeLessThan(60_000)
    expect(Math.abs((run.environment as { clockOffsetMs?: number }).clockOffsetMs ?? 0) - days).toBeLessThan(60_000)
    expect(await superseded(folder.store, id)).toBe(0)
  })
})
