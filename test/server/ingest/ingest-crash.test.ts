import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'
import { build } from 'esbuild'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { encodeBatch } from '../../../core/ingest/encode-batch.ts'
import { BATCH_TYPE } from '../../../core/ingest/protocol.ts'
import { openSqlite } from '../../../db/sqlite/store.ts'
import { ROOT } from '../../architecture/source-files.ts'
import { allPoints, steps } from '../../db/contract/make.ts'
import { temporaryFolder } from '../../db/temporary-folder.ts'
import { type Reply, send } from '../send.ts'

/** Bundled once: reading TypeScript would cost each of its processes seconds. Inside the repository, so that packages are found. */
const BUNDLE = join(ROOT, 'test/output', `crash-server-${process.pid}`)
const CHILD = join(BUNDLE, 'crash-server.js')
const hasPrlimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0

beforeAll(async () => {
  const entryPoints = [
    { in: 'test/server/ingest/crash-server.ts', out: 'crash-server' },
    { in: 'server/ingest/ingest-worker.ts', out: 'ingest-worker' },
  ]
  await build({ absWorkingDir: ROOT, entryPoints, outdir: BUNDLE, bundle: true, platform: 'node', format: 'esm', packages: 'external' })
  await cp(join(ROOT, 'db/sqlite/migrations'), join(BUNDLE, 'migrations'), { recursive: true })
})
afterAll(() => rm(BUNDLE, { recursive: true, force: true }))

let folder: ReturnType<typeof temporaryFolder>
let children: ChildProcess[] = []
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  folder.remove()
})

async function started(child: ChildProcess): Promise<{ child: ChildProcess; port: number }> {
  children.push(child)
  const [line] = (await once(child.stdout!, 'data')) as [Buffer]
  return { child, port: Number(line.toString()) }
}

const serve = (killAt?: number) =>
  started(
    spawn(process.execPath, [CHILD, folder.path('store.db'), ...(killAt === undefined ? [] : [String(killAt)])], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  )

const begin = (port: number) =>
  send(port, '/api/v1/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ writer: 'w1', id: 'r1', project: 'p' }),
  })

const BATCH = 400
const batch = (sequence: number) =>
  Buffer.from(encodeBatch({ writer: 'w1', sequence, batch: { points: steps('m', (sequence - 1) * BATCH, sequence * BATCH, (step) => step / 3) } }))
const deliver = (port: number, sequence: number): Promise<Reply> =>
  send(port, '/api/v1/runs/r1/batches', { method: 'POST', headers: { 'content-type': BATCH_TYPE }, body: batch(sequence) })

/** Every point of so many batches, once, in order. */
async function expectStored(batches: number): Promise<void> {
  const store = openSqlite(folder.path('store.db'), { mode: 'read' })
  const points = await allPoints(store, 'r1', 'm', true)
  expect(points.map(([step, value, superseded]) => [step, value, superseded])).toEqual(
    Array.from({ length: batches * BATCH }, (_, step) => [step, step / 3, 0]),
  )
  expect((await store.delivery('w1'))?.lastSequence).toBe(batches)
  store.closeSync()
  const plain = new SqliteDatabase(folder.path('store.db'), { readonly: true })
  expect(plain.pragma('integrity_check', { simple: true })).toBe('ok')
  plain.close()
}

test('a batch that was stored by a server killed before it could answer is stored once when it is sent again', async () => {
  const first = await serve(2)
  await begin(first.port)
  expect((await deliver(first.port, 1)).status).toBe(200)
  await expect(deliver(first.port, 2)).rejects.toMatchObject({ code: 'ECONNRESET' })
  const second = await serve()
  expect((await begin(second.port)).json()).toMatchObject({ id: 'r1', attempt: 1, lastSequence: 2 })
  expect((await deliver(second.port, 2)).json()).toEqual({ sequence: 2, duplicate: true, points: 0, records: 0 })
  expect((await deliver(second.port, 3)).json()).toMatchObject({ duplicate: false, points: BATCH })
  await expectStored(3)
})

test('a client that repeats what was not answered loses and doubles nothing, whenever the server is killed', async () => {
  let current = await serve()
  await begin(current.port)
  let sequence = 1
  for (const pause of [10, 35, 60, Number.POSITIVE_INFINITY]) {
    if (Number.isFinite(pause)) void sleep(pause).then(() => current.child.kill('SIGKILL'))
    const last = Number.isFinite(pause) ? Number.POSITIVE_INFINITY : sequence + 20
    try {
      while (sequence <= last) {
        expect((await deliver(current.port, sequence)).status).toBe(200)
        sequence++
      }
    } catch (error) {
      expect((error as NodeJS.ErrnoException).code).toMatch(/ECONN|EPIPE/)
      current = await serve()
    }
  }
  await expectStored(sequence - 1)
})

test('a server told to stop stores what it has been given first', async () => {
  const { child, port } = await serve()
  await begin(port)
  await deliver(port, 1)
  const last = deliver(port, 2).catch(() => null)
  await sleep(5)
  child.kill('SIGTERM')
  const [exit] = (await once(child, 'exit')) as [number]
  expect(exit).toBe(0)
  const answered = (await last)?.status === 200
  const store = openSqlite(folder.path('store.db'), { mode: 'read' })
  const stored = (await store.delivery('w1'))?.lastSequence
  store.closeSync()
  if (answered) expect(stored).toBe(2)
  await expectStored(stored!)
})

test.runIf(hasPrlimit)('on a full disk a batch is refused whole, pages are answered, and the same batch goes in when there is space', async () => {
  const script = `trap '' XFSZ; ulimit -S -f 1200; exec "${process.execPath}" "${CHILD}" "${folder.path('store.db')}"`
  const { child, port } = await started(spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] }))
  await begin(port)
  let sequence = 1
  let reply = await deliver(port, sequence)
  while (reply.status === 200 && sequence < 2_000) reply = await deliver(port, ++sequence)
  expect([reply.status, reply.json()]).toMatchObject([507, { error: { code: 'disk_full', status: 507 } }])
  expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  expect((await deliver(port, sequence)).status).toBe(507)
  expect((await send(port, '/api/trpc/store.info')).status).toBe(200)
  execFileSync('prlimit', ['--pid', String(child.pid), '--fsize=unlimited:unlimited'])
  expect((await deliver(port, sequence)).json()).toMatchObject({ duplicate: false, points: BATCH })
  await expectStored(sequence)
})
