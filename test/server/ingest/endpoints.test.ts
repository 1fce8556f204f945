import { afterAll, beforeAll, expect, it } from 'vitest'
import { allPoints } from '../../db/contract/make.ts'
import { send } from '../send.ts'
import { points } from '../temp-store.ts'
import { type IngestServer, ingestServer } from './ingest-server.ts'

let at: IngestServer
beforeAll(async () => {
  at = await ingestServer()
})
afterAll(() => at.stop())

const stored = (id: string, name = 'loss') => allPoints(at.temp.store, id, name)

it('says who answers and what it takes', async () => {
  const reply = await send(at.server.port, '/api/v1')
  expect(reply.status).toBe(200)
  expect(reply.json()).toMatchObject({ name: 'lossboard', protocol: 1, tokenRequired: false, token: null, limits: { bodyBytes: 16 * 2 ** 20 } })
})

it('a run is made once, however often its writer asks', async () => {
  const body = {
    writer: 'twice',
    project: 'test',
    name: 'first',
    config: { lr: 0.1 },
    tags: ['a'],
    notes: 'n',
    seed: 3,
    environment: { host: 'far' },
  }
  const [first, second] = [await at.call('/runs', body), await at.call('/runs', { ...body, name: 'other' })]
  expect([first.status, second.status]).toEqual([201, 200])
  expect(second.json()).toEqual(first.json())
  const { id } = first.json() as { id: string }
  expect(first.json()).toMatchObject({ name: 'first', attempt: 1, nextStep: 0, nextLine: 0, lastSequence: 0, config: { lr: 0.1 }, status: 'running' })
  expect(await at.temp.store.run(id)).toMatchObject({ name: 'first', tags: ['a'], notes: 'n', seed: 3, environment: { host: 'far' } })
})

it('every part of a JSON batch is stored, once', async () => {
  const run = await at.begin()
  const batch = {
    writer: run.writer,
    sequence: 1,
    points: {
      names: ['loss', 'lr'],
      series: [0, 1, 0, 0, 0],
      step: [0, 0, 1, 2, 3],
      wall: [1, 1, 2, 3, 4],
      value: [1.5, 0.1, 'NaN', '-Infinity', 2],
    },
    console: [{ text: 'epoch 1', line: 4, wall: 9 }],
    records: [{ name: 'note', kind: 'text', step: 2, wall: 5, payload: { text: 'hi', format: 'plain' }, blob: 'AAEC', blobType: 'application/x' }],
    rules: [{ pattern: 'loss', goal: 'min' }],
    patch: { summary: { best: 1 }, notes: 'said' },
  }
  const [first, again] = [await at.call(`/runs/${run.id}/batches`, batch), await at.call(`/runs/${run.id}/batches`, batch)]
  expect(first.json()).toEqual({ sequence: 1, duplicate: false, points: 5, records: 2 })
  expect(again.json()).toEqual({ sequence: 1, duplicate: true, points: 0, records: 0 })
  expect(await stored(run.id)).toEqual([
    [0, 1.5],
    [1, Number.NaN],
    [2, Number.NEGATIVE_INFINITY],
    [3, 2],
  ])
  const records = await at.temp.store.records({ runId: run.id })
  expect(records.map(({ name, step, payload }) => [name, step, payload])).toEqual([
    ['console/stdout', 4, { stream: 'stdout', text: 'epoch 1\n', skippedLines: 0 }],
    ['note', 2, { text: 'hi', format: 'plain' }],
  ])
  expect([...(await at.temp.store.blob(records[1]!.blobHash!))!.bytes]).toEqual([0, 1, 2])
  expect(await at.temp.store.rules(run.id)).toMatchObject([{ pattern: 'loss', goal: 'min' }])
  expect(await at.temp.store.run(run.id)).toMatchObject({ summary: { best: 1 }, notes: 'said' })
})

it('binary batches are stored, gzipped or not, in one order with JSON ones', async () => {
  const run = await at.begin()
  expect((await at.binary(run, 1, { points: points('loss', [1, Number.NaN, -0]) })).json()).toMatchObject({ duplicate: false, points: 3 })
  expect((await at.binary(run, 2, { points: points('loss', [4], 3) }, { gzip: true })).json()).toMatchObject({ duplicate: false })
  expect((await at.binary(run, 2, { points: points('loss', [4], 3) })).json()).toMatchObject({ duplicate: true })
  const json = { writer: run.writer, sequence: 3, points: { names: ['loss'], step: [4], value: [5] } }
  expect((await at.call(`/runs/${run.id}/batches`, json)).status).toBe(200)
  const all = await stored(run.id)
  expect(all.map(([, value]) => value)).toEqual([1, Number.NaN, -0, 4, 5])
  expect(Object.is(all[2]?.[1], -0)).toBe(true)
})

it('a gap is refused and says what is missing', async () => {
  const run = await at.begin()
  const reply = await at.binary(run, 3, { points: points('loss', [1]) })
  expect(reply.status).toBe(409)
  expect(reply.json()).toMatchObject({ error: { code: 'sequence_gap', status: 409, expected: 1 } })
  expect(await stored(run.id)).toEqual([])
})

it('a finished run has its end, its points packed, and still takes what comes late', async () => {
  const run = await at.begin()
  await at.binary(run, 1, { points: points('loss', [1, 2, 3]) })
  const reply = await at.call(`/runs/${run.id}/finish`, { writer: run.writer, status: 'failed', reason: 'out of memory', endedAt: 5 })
  expect(reply.json()).toEqual({ id: run.id, attempt: 1, status: 'failed', applied: true })
  expect(await at.temp.store.run(run.id)).toMatchObject({ status: 'failed', statusReason: 'out of memory', endedAt: 5 })
  expect(await at.temp.store.compact()).toBe(0)
  expect((await at.binary(run, 2, { points: points('loss', [4], 3) })).status).toBe(200)
  expect(await stored(run.id)).toHaveLength(4)
  expect((await at.call(`/runs/${run.id}/heartbeat`, { writer: run.writer })).json()).toMatchObject({ status: 'failed', applied: false })
})

it('the end may also come as a batch, in the order of batches', async () => {
  await at.temp.store.compact()
  const run = await at.begin()
  await at.binary(run, 1, { points: points('loss', [1, 2]), patch: { status: 'finished', endedAt: 7 } })
  expect(await at.temp.store.run(run.id)).toMatchObject({ status: 'finished', endedAt: 7 })
  expect(await at.temp.store.compact()).toBe(0)
})

it('a heartbeat keeps a run alive, and brings one back that was silent', async () => {
  const run = await at.begin({ environment: { host: (await import('node:os')).hostname(), pid: 2 ** 22 + 1 }, startedAt: 1 })
  expect(await at.temp.store.markCrashed(Date.now() + 1_000, 60_000)).not.toContain(run.id)
  expect(await at.temp.store.markCrashed(Date.now() + 90_000, 60_000)).toContain(run.id)
  expect((await at.call(`/runs/${run.id}/heartbeat`, { writer: run.writer })).json()).toEqual({
    id: run.id,
    attempt: 1,
    status: 'running',
    applied: true,
  })
})

it('a resumed run counts on; the writer it replaced no longer says how it stands', async () => {
  const old = await at.begin({ config: { lr: 1, kept: true } })
  await at.binary(old, 1, { points: points('loss', [1, 2, 3]) })
  const refused = await at.call('/runs', { writer: 'no', id: old.id, project: 'test' })
  expect([refused.status, refused.json()]).toMatchObject([409, { error: { code: 'run_exists' } }])
  const resumed = await at.call('/runs', { writer: `${old.writer}-2`, id: old.id, project: 'test', resume: 'allow', config: { lr: 2 } })
  expect(resumed.json()).toMatchObject({ id: old.id, attempt: 2, nextStep: 3, lastSequence: 0, config: { lr: 2, kept: true } })
  const finish = await at.call(`/runs/${old.id}/finish`, { writer: old.writer })
  expect(finish.json()).toEqual({ id: old.id, attempt: 1, status: 'running', applied: false })
  expect((await at.call('/runs', { writer: 'x', id: 'nobody', project: 'test', resume: 'must' })).status).toBe(404)
})

it('a fork shows the points of its parent and counts from its step', async () => {
  const parent = await at.begin()
  await at.binary(parent, 1, { points: points('loss', [1, 2, 3]) })
  const fork = await at.call('/runs', { writer: `${parent.writer}-fork`, project: 'test', forkFrom: { run: parent.id, step: 2 } })
  expect(fork.json()).toMatchObject({ nextStep: 2 })
  expect(await stored((fork.json() as { id: string }).id)).toEqual([
    [0, 1],
    [1, 2],
  ])
})

it('PATCH changes what is given and leaves the rest', async () => {
  const run = await at.begin({ config: { lr: 1, kept: true }, tags: ['a'] })
  const reply = await at.call(`/runs/${run.id}`, { config: { lr: 2 }, summary: { best: 3 }, notes: 'n', name: 'renamed' }, {}, 'PATCH')
  expect(reply.json()).toMatchObject({ name: 'renamed', config: { lr: 2, kept: true }, summary: { best: 3 } })
  expect(await at.temp.store.run(run.id)).toMatchObject({ notes: 'n', tags: ['a'] })
})

it('a run that was deleted is not there any more', async () => {
  const run = await at.begin()
  await at.binary(run, 1, { points: points('loss', [1]) })
  await at.temp.store.removeRuns([run.id])
  for (const reply of [
    await at.binary(run, 2, { points: points('loss', [1]) }),
    await at.binary(run, 2, { points: points('loss', [1]) }),
    await at.call(`/runs/${run.id}/heartbeat`, { writer: run.writer }),
    await at.call(`/runs/${run.id}`, {}, {}, 'PATCH'),
  ])
    expect([reply.status, reply.json()]).toMatchObject([404, { error: { code: 'not_found' } }])
})

it('open tabs hear of what is logged', async () => {
  const run = await at.begin()
  const { rev } = await at.temp.store.changes(0)
  await at.binary(run, 1, { points: points('loss', [1]) })
  expect(at.temp.store.changed()).toBe(true)
  expect((await at.temp.store.changes(rev)).runs.map(({ id }) => id)).toEqual([run.id])
})
