import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChartColumns, ChartRequest } from '../../../core/chart.ts'
import { unpack } from '../../../core/wire.ts'
import { type RunningServer, startServer } from '../../../server/http/start-server.ts'
import { callProcedure, send } from '../send.ts'
import { newRun, points, type TempStore, tempStore } from '../temp-store.ts'

let temp: TempStore
let server: RunningServer
let runId: string

beforeAll(async () => {
  temp = await tempStore()
  const writer = await newRun(temp.store)
  runId = writer.runId
  writer.flush({ points: points('loss', [3, 2, Number.NaN, 1, Number.POSITIVE_INFINITY]) })
  writer.close()
  server = await startServer({ store: temp.store, port: 0 })
})

afterAll(async () => {
  await server.close()
  await temp.remove()
})

const chart = (change: Partial<Record<keyof ChartRequest, unknown>> = {}) => ({
  runId,
  name: 'loss',
  x: { kind: 'step' },
  range: null,
  width: 800,
  smoothing: { kind: 'none' },
  abandoned: false,
  ...change,
})

const query = (requests: unknown[]) => callProcedure(server.port, 'charts.query', { requests })

async function columns(requests: unknown[]): Promise<ChartColumns[]> {
  const reply = await query(requests)
  expect(reply.status, reply.text).toBe(200)
  return unpack<ChartColumns[]>((reply.json() as { result: { data: never } }).result.data)
}

describe('charts.query', () => {
  it('gives typed columns, NaN and infinities apart', async () => {
    const [answer] = await columns([chart()])
    expect(answer).toMatchObject({
      x: Float64Array.of(0, 1, 3),
      y: Float64Array.of(3, 2, 1),
      nonFiniteX: Float64Array.of(2, 4),
      nonFiniteKind: Uint8Array.of(0, 1),
      n: 5,
      nonFinite: 2,
      exact: true,
    })
  })

  it('answers 512 charts in one request and refuses one more', async () => {
    expect(await columns(Array.from({ length: 512 }, () => chart()))).toHaveLength(512)
    expect((await query(Array.from({ length: 513 }, () => chart()))).status).toBe(400)
  })

  it('an unknown metric of a known run is an empty chart, as a metric not logged yet is', async () => {
    expect(await columns([chart({ name: 'not/yet' })])).toMatchObject([{ n: 0, total: 0, extent: null }])
  })

  it('of a run that was deleted: says so', async () => {
    const reply = await query([chart({ runId: 'deleted-run' })])
    expect(reply.status).toBe(404)
    expect(reply.json()).toMatchObject({
      error: { message: expect.stringContaining('deleted-run'), data: { code: 'NOT_FOUND', reason: 'not_found' } },
    })
  })

  it('is answered for GET too', async () => {
    const input = encodeURIComponent(JSON.stringify({ requests: [chart()] }))
    expect((await send(server.port, `/api/trpc/charts.query?input=${input}`)).status).toBe(200)
  })

  it.each<[Partial<Record<keyof ChartRequest, unknown>> | string, string]>([
    [{ width: 0 }, 'requests[0].width: must be at least 1'],
    [{ width: 10_000 }, 'requests[0].width: must be at most 8192'],
    [{ width: 1.5 }, 'requests[0].width: must be a whole number of pixels'],
    [{ range: [5, 1] }, 'requests[0].range: must be [low, high] with low ≤ high'],
    [{ smoothing: { kind: 'ema', weight: 1 } }, 'requests[0].smoothing.weight: must be from 0 to below 1'],
    [{ smoothing: { kind: 'mean', window: 4 } }, 'requests[0].smoothing.window: must be odd'],
    [{ smoothing: { kind: 'sideways' } }, 'requests[0].smoothing'],
    [{ x: { kind: 'metric' } }, 'requests[0].x.name'],
    [{ name: '' }, 'requests[0].name: is empty'],
    ['nonsense', 'requests[0]: expected object'],
  ])('refuses nonsense with one readable line %#', async (change, message) => {
    const reply = await query([typeof change === 'string' ? change : chart(change)])
    expect(reply.status).toBe(400)
    const { error } = reply.json() as { error: { message: string; data: object } }
    expect(error.message).toContain(`invalid input: ${message}`)
    expect(error.message).not.toContain('\n')
    expect(error.data).not.toHaveProperty('stack')
  })
})

it.each([
  ['/api/trpc/charts.query', 400],
  ['/api/trpc/charts.query?input=%7Bnonsense', 400],
  ['/api/trpc/charts.query?input=%ZZ', 400],
  ['/api/trpc/no.such', 404],
  ['/api/trpc/', 404],
  ['/api/trpc/%ZZ', 400],
  ['/api/nothing', 404],
])('%s is answered with %i and no stack', async (path, status) => {
  const reply = await send(server.port, path)
  expect(reply.status).toBe(status)
  expect(reply.text).not.toMatch(/\bat .*\.[jt]s:\d+/)
})
