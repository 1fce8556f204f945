/** Points per second through one server process on loopback, binary and JSON, against the same batches written into a store without a server; and pages meanwhile. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PointBatch } from '../core/flush-batch.ts'
import { encodeBatch } from '../core/ingest/encode-batch.ts'
import { BATCH_TYPE } from '../core/ingest/protocol.ts'
import { toStoredNumber } from '../core/stored-number.ts'
import { openStore } from '../db/open.ts'
import { newRun } from './filled-store.ts'
import type { Benchmark, Row } from './row.ts'
import { SAMPLE_METRICS, sampleValue } from './sample-metrics.ts'
import { inTempFolder, median, quantile } from './temp-folder.ts'

/** Rows of ten metrics in one batch, as a busy client that sends every fraction of a second has them. */
const STEPS = 8_192
const BATCHES = 24
const ROUNDS = 3
/** Clients at once: one's batch is on its way while the other's is stored. */
const WRITERS = 2
/** JSON is slower: fewer batches give as steady a figure. */
const JSON_BATCHES = 6
const LOOKS = 60

function pointsOf(batch: number): PointBatch {
  const n = STEPS * SAMPLE_METRICS.length
  const points = {
    names: [...SAMPLE_METRICS],
    series: new Uint32Array(n),
    step: new Float64Array(n),
    wall: new Float64Array(n),
    value: new Float64Array(n),
  }
  for (let i = 0; i < n; i++) {
    const step = batch * STEPS + Math.floor(i / SAMPLE_METRICS.length)
    points.series[i] = i % SAMPLE_METRICS.length
    points.step[i] = step
    points.wall[i] = 1.7e12 + step * 3
    points.value[i] = sampleValue(i % SAMPLE_METRICS.length, step)
  }
  return points
}

function asJson(writer: string, sequence: number, points: PointBatch): Buffer {
  const { names, series, step, wall, value } = points
  const columns = { names, series: [...series], step: [...step], wall: [...wall], value: Array.from(value, toStoredNumber) }
  return Buffer.from(JSON.stringify({ writer, sequence, points: columns }))
}

interface Form {
  name: string
  type: string
  body(writer: string, sequence: number): Buffer
}

interface Client {
  post(path: string, type: string, body: Buffer): Promise<string>
  get(path: string): Promise<string>
}

function clientOf(port: number): Client {
  const agent = new Agent({ keepAlive: true })
  const send = (method: string, path: string, type: string | null, body?: Buffer) =>
    new Promise<string>((resolve, reject) => {
      const headers = { ...(type && { 'content-type': type }), ...(body && { 'content-length': body.length }) }
      request({ port, host: '127.0.0.1', path, method, agent, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        response.on('end', () => (response.statusCode! < 300 ? resolve(text) : reject(new Error(`${response.statusCode} ${text}`))))
      })
        .on('error', reject)
        .end(body)
    })
  return { post: (path, type, body) => send('POST', path, type, body), get: (path) => send('GET', path, null) }
}

/**
 * Points per second of `WRITERS` clients, from the first byte sent until the last batch is said to be stored: median of `ROUNDS`, after one that meets cold
 * code. Each client waits for an answer before it sends on.
 */
async function deliver(client: Client, form: Form, count: number): Promise<number> {
  const runs = await Promise.all(
    Array.from({ length: WRITERS }, async (_, index) => {
      const writer = `${form.name}-${index}`
      const plan = Buffer.from(JSON.stringify({ writer, project: 'bench' }))
      const { id } = JSON.parse(await client.post('/api/v1/runs', 'application/json', plan)) as { id: string }
      return { writer, path: `/api/v1/runs/${id}/batches` }
    }),
  )
  const rates: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const each = count / WRITERS
    const bodies = runs.map(({ writer }) => Array.from({ length: each }, (_, i) => form.body(writer, round * each + i + 1)))
    const start = performance.now()
    await Promise.all(
      runs.map(async ({ path }, index) => {
        for (const body of bodies[index]!) await client.post(path, form.type, body)
      }),
    )
    rates.push((count * STEPS * SAMPLE_METRICS.length) / ((performance.now() - start) / 1000))
  }
  return median(rates.slice(1))
}

/** Milliseconds of page queries, one after the other with pauses, until `done`. */
async function look(client: Client, done: () => boolean): Promise<number[]> {
  const times: number[] = []
  while (!done()) {
    const start = performance.now()
    await client.get('/api/trpc/projects.list')
    times.push(performance.now() - start)
    await sleep(10)
  }
  return times
}

/** The same batches, written by this process into a store of its own. */
async function direct(file: string): Promise<number> {
  const store = await openStore(file, { mode: 'create' })
  const writer = await store.createRun(newRun(0))
  const rates: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const batches = Array.from({ length: BATCHES }, (_, index) => pointsOf(round * BATCHES + index))
    const start = performance.now()
    for (const points of batches) writer.flush({ points })
    rates.push((BATCHES * STEPS * SAMPLE_METRICS.length) / ((performance.now() - start) / 1000))
  }
  writer.close()
  await store.close()
  return median(rates.slice(1))
}

export const httpIngest: Benchmark = {
  id: 'http-ingest',
  title: 'Logging over HTTP',
  run: () =>
    inTempFolder(async (folder) => {
      const alone = await direct(join(folder, 'direct.db'))

      const file = join(folder, 'server.db')
      const server = spawn(process.execPath, [join(import.meta.dirname, 'http-server-process.js'), file], { stdio: ['pipe', 'pipe', 'inherit'] })
      const [line] = (await once(server.stdout, 'data')) as [Buffer]
      const client = clientOf(Number(line.toString()))
      let looks = 0
      const idle = await look(client, () => looks++ >= LOOKS)
      let stored = false
      const busy = look(client, () => stored)
      const rate = await deliver(
        client,
        {
          name: 'binary',
          type: BATCH_TYPE,
          body: (writer, sequence) => Buffer.from(encodeBatch({ writer, sequence, batch: { points: pointsOf(sequence) } })),
        },
        BATCHES,
      )
      stored = true
      const meanwhile = await busy
      const json = {
        name: 'json',
        type: 'application/json',
        body: (writer: string, sequence: number) => asJson(writer, sequence, pointsOf(sequence)),
      }
      const jsonRate = await deliver(client, json, JSON_BATCHES)
      const ended = once(server, 'exit')
      server.stdin.end()
      await ended

      const store = await openStore(file, { mode: 'read' })
      const [column] = (await store.overview({}, ['train/loss'])).metrics
      const n = Array.from(column?.n ?? []).reduce((sum, one) => sum + one, 0)
      const expected = STEPS * (BATCHES + JSON_BATCHES) * (ROUNDS + 1)
      if (n !== expected) throw new Error(`${n} of ${expected} points stored`)
      await store.close()
      const what = 'HTTP, sent to committed, binary'
      return [
        { what, value: rate, unit: 'points/s', better: 'higher', against: 'the same in JSON', rival: jsonRate, target: 1e6 },
        { what, value: rate, unit: 'points/s', better: 'higher', against: 'the same batches without a server', rival: alone },
        {
          what: 'page query meanwhile, median',
          value: median(meanwhile),
          unit: 'ms',
          better: 'lower',
          against: 'the same, idle',
          rival: median(idle),
          target: 20,
        },
        {
          what: 'page query meanwhile, 95 %',
          value: quantile(meanwhile, 0.95),
          unit: 'ms',
          better: 'lower',
          against: 'the same, idle',
          rival: quantile(idle, 0.95),
        },
      ] satisfies Row[]
    }),
}
