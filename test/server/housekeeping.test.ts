import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import { startHousekeeping } from '../../server/live/housekeeping.ts'
import { LiveFeed } from '../../server/live/live-feed.ts'
import { newRun, points, type TempStore, tempStore } from './temp-store.ts'

let temp: TempStore
let live: LiveFeed
beforeEach(async () => {
  temp = await tempStore()
  live = new LiveFeed(temp.store, { pollMs: 5, coalesceMs: 5 })
})
afterEach(async () => {
  live.close()
  await temp.remove()
})

const HOUR = 3_600_000

it('a run that has been silent is shown as crashed, one that beats is not, and open tabs hear of it', async () => {
  const silent = await newRun(temp.store, { startedAt: Date.now() - HOUR })
  const beating = await newRun(temp.store)
  const stream = live.subscribe(null)
  await stream.next()
  const housekeeping = startHousekeeping(temp.store, live)
  const { value } = await stream.next()
  expect(value?.runs.map((run: { id: string }) => run.id)).toEqual([silent.runId])
  expect((await temp.store.run(silent.runId))?.status).toBe('crashed')
  expect((await temp.store.run(beating.runId))?.status).toBe('running')
  await housekeeping.stop()
  await stream.return(undefined)
  silent.close()
  beating.close()
})

it('tails left behind are packed, and no point is lost', async () => {
  const writer = await newRun(temp.store)
  const values = Array.from({ length: 3000 }, (_, i) => i / 7)
  writer.flush({ points: points('loss', values), patch: { status: 'finished', endedAt: Date.now() } })
  writer.close()
  const housekeeping = startHousekeeping(temp.store, live, { compactMs: 5 })
  await expect.poll(() => temp.store.compact(), { timeout: 20_000 }).toBe(0)
  await housekeeping.stop()
  const back: number[] = []
  for await (const batch of temp.store.points(writer.runId, 'loss')) back.push(...batch.value)
  expect(back).toEqual(values)
})

it('a read-only store is left alone', async () => {
  const writer = await newRun(temp.store, { startedAt: Date.now() - HOUR })
  writer.close()
  const reader = await openStore(temp.path, { mode: 'read' })
  const housekeeping = startHousekeeping(reader, live, { crashCheckMs: 1, compactMs: 1 })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await housekeeping.stop()
  expect((await temp.store.run(writer.runId))?.status).toBe('running')
  await reader.close()
})
