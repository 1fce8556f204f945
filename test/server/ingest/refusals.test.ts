import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import SqliteDatabase from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeBatch } from '../../../core/ingest/encode-batch.ts'
import { BATCH_TYPE } from '../../../core/ingest/protocol.ts'
import { allPoints } from '../../db/contract/make.ts'
import { type Reply, send } from '../send.ts'
import { points } from '../temp-store.ts'
import { errorOf, type IngestServer, ingestServer } from './ingest-server.ts'

let at: IngestServer
let run: { id: string; writer: string }
beforeAll(async () => {
  at = await ingestServer({ ingest: { stalledMs: 300 } })
  run = await at.begin()
})
afterAll(() => at.stop())

const batches = () => `/runs/${run.id}/batches`
const binaryHeaders = { 'content-type': BATCH_TYPE }
const post = (body: Buffer | string, headers: Record<string, string>) =>
  send(at.server.port, `/api/v1${batches()}`, { method: 'POST', headers, body })

/** Nothing of it was stored: the next batch is still the first. */
async function untouched(): Promise<void> {
  expect((await at.temp.store.delivery(run.writer))?.lastSequence).toBe(0)
  expect(await at.temp.store.series(run.id)).toEqual([])
  expect(await at.temp.store.records({ runId: run.id })).toEqual([])
  expect(await at.temp.store.run(run.id)).toMatchObject({ notes: '', status: 'running' })
}

const column = (fields: object) => ({ points: { names: ['loss'], step: [0, 1], value: [1, 2], ...fields } })

describe('a batch in JSON is refused whole, naming the place', () => {
  it.each([
    ['{"writer": "w", ', 'malformed_batch', 'the body is no JSON'],
    ['[]', 'malformed_batch', 'must be a JSON object'],
    [{ writer: 'a b' }, 'malformed_batch', 'body.writer must be 1 to 64 letters, digits, - and _'],
    [{ sequence: 0 }, 'malformed_batch', 'body.sequence must be a whole number from 1, got 0'],
    [{ sequence: '1' }, 'malformed_batch', 'body.sequence'],
    [{ ponts: {} }, 'unknown_field', 'did you mean "points"?'],
    [column({ vlaue: [] }), 'unknown_field', 'points has an unknown field "vlaue": did you mean "value"?'],
    [column({ step: [0] }), 'malformed_batch', 'points.value has 2 items, points.step has 1'],
    [column({ step: [0, 1.5] }), 'invalid_step', 'points.step[1] must be a whole number'],
    [column({ step: [0, 2 ** 53] }), 'invalid_step', 'points.step[1]'],
    [column({ value: [1, null] }), 'invalid_value', 'points.value[1] must be a number, "NaN"'],
    [column({ value: [1, 'nan'] }), 'invalid_value', 'points.value[1]'],
    [column({ wall: [1, 'now'] }), 'invalid_value', 'points.wall[1]'],
    [column({ names: ['a', 'b'] }), 'malformed_batch', 'points.series is missing'],
    [column({ series: [0, 1] }), 'invalid_value', 'points.series[1] must be the index of one of 1 names'],
    [column({ series: [0, -1] }), 'invalid_value', 'points.series[1]'],
    [column({ names: ['a', 'a'], series: [0, 1] }), 'invalid_value', 'points.names has "a" twice'],
    [column({ names: ['a?'] }), 'invalid_metric_name', 'a?'],
    [{ console: [{ txet: 'x' }] }, 'unknown_field', 'console[0] has an unknown field "txet": did you mean "text"?'],
    [{ console: [{ text: 'x', stream: 'out' }] }, 'malformed_batch', 'console[0].stream must be one of stdout, stderr'],
    [{ records: [{ name: 'n', kind: 'histgram', step: 0, wall: 0, payload: {} }] }, 'invalid_value', 'did you mean "histogram"?'],
    [{ records: [{ name: 'n', kind: 'text', step: 0, wall: 0, payload: { text: 3 } }] }, 'invalid_value', 'records[0].payload: text'],
    [{ records: [{ name: 'n', kind: 'text', step: 0.5, wall: 0, payload: {} }] }, 'invalid_step', 'records[0].step'],
    [{ records: [{ name: 'n', kind: 'text', step: 0, wall: 0, payload: {}, blob: '?' }] }, 'malformed_batch', 'records[0].blob must be base64'],
    [{ records: [{ name: 'n', kind: 'text', step: 0, wall: 0, payload: {}, blobBytes: 3 }] }, 'unknown_field', 'did you mean "blob"?'],
    [{ prune: [{ name: 'n', steps: ['x'] }] }, 'malformed_batch', 'prune[0].steps must be an array of finite numbers'],
    [{ rules: [{ pattern: 'x', goal: 'up' }] }, 'malformed_batch', 'rules[0].goal must be one of min, max'],
    [{ links: [{ to: 'x', role: 'child', step: null, hash: null, detail: {} }] }, 'malformed_batch', 'links[0].role'],
    [{ links: [{ to: 'nobody', role: 'checkpoint', step: null, hash: null, detail: {} }] }, 'invalid_argument', 'no run "nobody"'],
    [{ patch: { stauts: 'finished' } }, 'unknown_field', 'patch has an unknown field "stauts": did you mean "status"?'],
    [{ patch: { status: 'done' } }, 'malformed_batch', 'patch.status must be one of running, finished'],
    [{ patch: { name: ' ' } }, 'invalid_value', 'patch.name is empty'],
    [{ patch: { environment: { packages: 5 } } }, 'invalid_value', 'patch.environment.packages must be an object of texts'],
    [`{"writer":"w","sequence":1,"patch":{"config":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}}`, 'invalid_value', 'nested more than 64'],
    [`{"writer":"w","sequence":1,"points":{"names":["a"],"step":[0],"value":[1e999]}}`, 'invalid_value', 'a number of more than 1.8e308'],
  ])('%j', async (body, code, message) => {
    const whole =
      typeof body === 'string' ? body.replace('"w"', JSON.stringify(run.writer)) : { writer: run.writer, sequence: 1, ...column({}), ...body }
    const reply = await at.call(batches(), whole)
    expect([reply.status, errorOf(reply).code]).toEqual([400, code])
    expect(errorOf(reply).message).toContain(message)
    expect(errorOf(reply).message).not.toContain('\n')
    await untouched()
  })

  it.each([
    ['/runs', { project: 'p' }, 'invalid_argument', 'body.writer must be'],
    ['/runs', { writer: 'w' }, 'invalid_argument', 'body.project must be'],
    ['/runs', { writer: 'w', project: 'p', projekt: 1 }, 'unknown_field', 'did you mean "project"?'],
    ['/runs', { writer: 'w', project: 'p', tags: 'a' }, 'invalid_argument', 'body.tags must be a list'],
    [
      '/runs',
      { writer: 'w', project: 'p', forkFrom: { run: 'x', setp: 1 } },
      'unknown_field',
      'body.forkFrom has an unknown field "setp": did you mean "step"?',
    ],
    ['/runs', { writer: 'w', project: 'p', forkFrom: { run: 'nobody', step: 1 } }, 'not_found', 'no run "nobody"'],
    ['/runs', { writer: 'w', project: 'p', study: { id: 'x', variant: 'y' } }, 'invalid_argument', 'study "x"'],
    ['/runs', { writer: 'w', project: 'p', id: '../x' }, 'invalid_argument', 'body.id'],
    ['/runs', { writer: 'w', project: 'p', clock: 'shift' }, 'invalid_argument', 'body.clock must be one of adjust'],
    ['/runs/RUN/finish', { writer: 'WRITER', status: 'done' }, 'invalid_argument', 'body.status must be one of finished'],
    ['/runs/RUN/finish', { writer: 'nobody' }, 'not_found', 'writer "nobody" has no run here'],
    ['/runs/RUN/heartbeat', {}, 'invalid_argument', 'body.writer'],
    ['/runs/other/heartbeat', { writer: 'WRITER' }, 'invalid_argument', 'writes run'],
  ])('%s %j', async (path, body, code, message) => {
    const text = JSON.stringify(body).replace('WRITER', run.writer)
    const reply = await at.call(path.replace('RUN', run.id), text)
    expect(errorOf(reply).code).toBe(code)
    expect(errorOf(reply).message).toContain(message)
    await untouched()
  })
})

describe('a binary batch', () => {
  const bytes = () =>
    Buffer.from(
      encodeBatch({
        writer: run.writer,
        sequence: 1,
        batch: {
          points: points('loss', [1, 2]),
          records: [{ name: 'n', kind: 'text', step: 0, wall: 0, payload: { text: 'x', format: 'plain' }, blob: new Uint8Array(9) }],
          patch: { notes: 'x' },
        },
      }),
    )

  it('cut off at any byte, or changed at any, is refused whole', async () => {
    const whole = bytes()
    const wrong: Buffer[] = []
    for (let i = 0; i < whole.length; i++) {
      wrong.push(whole.subarray(0, i))
      const changed = Buffer.from(whole)
      changed[i]! ^= 0x41
      wrong.push(changed)
    }
    for (let i = 0; i < wrong.length; i += 50) {
      const replies = await Promise.all(wrong.slice(i, i + 50).map((body) => post(body, binaryHeaders)))
      for (const reply of replies) expect([reply.status, errorOf(reply).code]).toEqual([400, 'malformed_batch'])
    }
    await untouched()
  })

  it('is checked as strictly as one in JSON', async () => {
    const batch = (fields: object) => at.binary(run, 1, { points: { ...points('loss', [1, 2]), ...fields } })
    for (const [reply, code, message] of [
      [await batch({ step: Float64Array.of(0, 0.5) }), 'invalid_step', 'points.step[1]'],
      [await batch({ wall: Float64Array.of(0, Number.NaN) }), 'invalid_value', 'points.wall[1]'],
      [await batch({ series: Uint32Array.of(0, 1) }), 'invalid_value', 'points.series[1] is 1, and there are 1 names'],
      [await at.binary(run, 1, { patch: { environment: { git: 5 } as object } }), 'invalid_value', 'patch.environment.git'],
    ] as [Reply, string, string][]) {
      expect([reply.status, errorOf(reply).code]).toEqual([400, code])
      expect(errorOf(reply).message).toContain(message)
    }
    await untouched()
  })

  it('gzip that is cut off, is none, or unpacks without end is refused', async () => {
    const gzip = { ...binaryHeaders, 'content-encoding': 'gzip' }
    const packed = gzipSync(bytes())
    for (const body of [packed.subarray(0, packed.length - 9), bytes(), Buffer.alloc(0)])
      expect(errorOf(await post(body, gzip))).toMatchObject({ code: 'malformed_batch', status: 400 })
    const bomb = gzipSync(Buffer.alloc(65 * 2 ** 20))
    expect(bomb.length).toBeLessThan(100_000)
    expect(errorOf(await post(bomb, gzip))).toMatchObject({ code: 'too_large', status: 413, limit: 64 * 2 ** 20 })
    expect(errorOf(await post(packed, { ...binaryHeaders, 'content-encoding': 'br' }))).toMatchObject({ code: 'unsupported_media_type', status: 415 })
    await untouched()
  })

  it('goes to batches only', async () => {
    const reply = await send(at.server.port, '/api/v1/runs', { method: 'POST', headers: binaryHeaders, body: bytes() })
    expect(errorOf(reply)).toMatchObject({ code: 'unsupported_media_type', message: expect.stringMatching(/must be application\/json, not/) })
  })
})

describe('a body', () => {
  it('that is announced too large is refused before it is sent, one that grows too large while it comes', async () => {
    const announced = connect(at.server.port, '127.0.0.1')
    announced.write(`POST /api/v1${batches()} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\n\r\n`)
    const [answer] = (await once(announced, 'data')) as [Buffer]
    expect(answer.toString()).toContain('413')
    announced.destroy()

    const growing = connect(at.server.port, '127.0.0.1')
    growing.on('error', () => {})
    growing.write(`POST /api/v1${batches()} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`)
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(2 ** 20, 'x'), Buffer.from('\r\n')])
    for (let i = 0; i < 17; i++) growing.write(chunk)
    const [told] = (await once(growing, 'data')) as [Buffer]
    expect(told.toString()).toContain('"code":"too_large"')
    growing.destroy()
    await untouched()
  })

  it('half of which came before the client left is forgotten', async () => {
    const socket = connect(at.server.port, '127.0.0.1')
    const body = JSON.stringify({ writer: run.writer, sequence: 1, ...column({}) })
    socket.write(
      `POST /api/v1${batches()} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -5)}`,
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    socket.destroy()
    await untouched()
  })

  it('that stops coming is given up, and the client told to try again', async () => {
    const socket = connect(at.server.port, '127.0.0.1')
    socket.write(`POST /api/v1${batches()} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"wri`)
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 408 .*"code":"request_timeout".*5 bytes had come/s)
    socket.destroy()
    await untouched()
  })
})

describe('an address', () => {
  it.each([
    ['GET', '/runs', 405, 'is used with POST'],
    ['PUT', '/runs/x', 405, 'is used with PATCH'],
    ['POST', '', 405, 'is used with GET'],
    ['POST', '/runs/x/batch', 404, 'batches, heartbeat and finish'],
    ['POST', '/runs/x/__proto__', 404, 'nothing at'],
    ['POST', '/v2', 404, 'nothing at'],
  ])('%s %s', async (method, path, status, message) => {
    const reply = await at.call(path, method === 'GET' ? '' : {}, {}, method)
    expect(reply.status).toBe(status)
    expect(errorOf(reply)).toMatchObject({ status, message: expect.stringContaining(message) })
  })
})

describe('a clock far off', () => {
  const DAY = 86_400_000
  const sent = (at: number, more: Record<string, string> = {}) => ({ 'lossboard-sent-at': String(at), ...more })

  it('is told, with both times, unless the client asks for its times to be shifted', async () => {
    const early = Date.now() - 400 * DAY
    const refused = await at.call(batches(), { writer: run.writer, sequence: 1, ...column({}) }, sent(early))
    expect(errorOf(refused)).toMatchObject({ code: 'clock_off', status: 400, sentAt: early, receivedAt: expect.any(Number) })
    expect(errorOf(refused).message).toMatch(/said \d{4}-.* UTC when this came at \d{4}-.* UTC/)
    await untouched()

    const shifted = await at.begin({ startedAt: early }, sent(early, { 'lossboard-clock': 'adjust' }))
    await at.binary(
      shifted,
      1,
      { points: { ...points('loss', [1]), wall: Float64Array.of(early) } },
      { headers: sent(early, { 'lossboard-clock': 'adjust' }) },
    )
    const now = await at.temp.store.run(shifted.id)
    expect(Math.abs(now!.startedAt - Date.now())).toBeLessThan(60_000)
    expect(now!.environment.clockOffsetMs).toBeGreaterThan(399 * DAY)
    expect(Math.abs((await at.temp.store.series(shifted.id))[0]!.lastWall - Date.now())).toBeLessThan(60_000)
  })

  it('within a day, or not told, changes nothing; a clock that is set in the middle of a run is said', async () => {
    const one = await at.begin()
    const near = Date.now() - DAY / 2
    await at.binary(one, 1, { points: { ...points('loss', [1]), wall: Float64Array.of(near) } }, { headers: sent(near) })
    await at.binary(one, 2, { points: { ...points('loss', [1], 1), wall: Float64Array.of(5) } })
    expect((await at.temp.store.run(one.id))?.environment).toEqual({})
    expect((await at.temp.store.series(one.id))[0]).toMatchObject({ lastWall: 5 })
    const late = Date.now() + 10 * DAY
    await at.binary(
      one,
      3,
      { points: { ...points('loss', [1], 2), wall: Float64Array.of(late) } },
      { headers: sent(late, { 'lossboard-clock': 'adjust' }) },
    )
    expect((await at.temp.store.run(one.id))?.environment.clockOffsetMs).toBeLessThan(-9 * DAY)
    expect(Math.abs((await at.temp.store.series(one.id))[0]!.lastWall - Date.now())).toBeLessThan(60_000)
  })

  it('that is no time at all is refused', async () => {
    const reply = await at.call('/runs', { writer: 'w', project: 'p' }, { 'lossboard-sent-at': 'noon' })
    expect(errorOf(reply)).toMatchObject({ code: 'invalid_argument', message: expect.stringContaining('Lossboard-Sent-At') })
  })
})

it('a store that another program holds is told to be busy; afterwards the same batch goes in, once', async () => {
  const one = await at.begin()
  const other = new SqliteDatabase(at.temp.path)
  other.exec('BEGIN IMMEDIATE')
  const reply = await at.binary(one, 1, { points: points('loss', [1]) })
  expect(errorOf(reply)).toMatchObject({ code: 'store_busy', status: 503 })
  expect(reply.headers['retry-after']).toBe('1')
  other.exec('COMMIT')
  other.close()
  expect((await at.binary(one, 1, { points: points('loss', [1]) })).json()).toMatchObject({ duplicate: false })
  expect(await allPoints(at.temp.store, one.id, 'loss')).toHaveLength(1)
})

it('a token that sends more than its share is told to wait; so is everybody when too much waits', async () => {
  const small = await ingestServer({ ingest: { requestsPerSecond: 2, bytesPerSecond: 1_000, waitingRequests: 1 } })
  const replies = await Promise.all(Array.from({ length: 6 }, (_, i) => small.call('/runs', { writer: `w${i}`, project: 'p' })))
  const codes = replies.map((reply) => (reply.status === 201 ? 'stored' : errorOf(reply).code))
  expect(codes.filter((code) => code === 'stored')).toHaveLength(1)
  expect(new Set(codes)).toEqual(new Set(['stored', 'server_busy', 'rate_limited']))
  for (const reply of replies.filter(({ status }) => status !== 201)) {
    expect(reply.status).toBe(errorOf(reply).code === 'server_busy' ? 503 : 429)
    expect(Number(reply.headers['retry-after'])).toBeGreaterThanOrEqual(1)
  }
  await small.stop()
})
