import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Changes, Store } from '../../db/store.ts'
import { LiveFeed } from '../../server/live/live-feed.ts'
import { callOver } from './routers/call.ts'
import { newRun, points, type TempStore, tempStore } from './temp-store.ts'

let temp: TempStore
/** A second connection: to the feed it is what a training process is. */
let trainer: Store
let live: LiveFeed

beforeEach(async () => {
  temp = await tempStore()
  trainer = await openStore(temp.path, { mode: 'write' })
  live = new LiveFeed(temp.store, { pollMs: 5, coalesceMs: 5 })
})

afterEach(async () => {
  live.close()
  await trainer.close()
  await temp.remove()
})

async function next(stream: AsyncGenerator<Changes>): Promise<Changes> {
  const item = await stream.next()
  if (item.done) throw new Error('the stream ended')
  return item.value
}

/** Items until one names the run. */
async function nextAbout(stream: AsyncGenerator<Changes>, runId: string): Promise<Changes> {
  for (;;) {
    const changes = await next(stream)
    if (changes.runs.some((run) => run.id === runId)) return changes
  }
}

it('the first item comes at once, is empty and names the revision', async () => {
  const writer = await newRun(trainer)
  const stream = live.subscribe(null)
  const overview = await temp.store.overview({}, [])
  expect(await next(stream)).toEqual({ rev: overview.rev, runs: [], removed: [], studies: [], removedStudies: [], findings: [], reset: false })
  await stream.return(undefined)
  writer.close()
})

it('a commit of another connection arrives', async () => {
  const writer = await newRun(trainer)
  const stream = live.subscribe(null)
  const { rev } = await next(stream)
  writer.flush({ points: points('train/loss', [1, 2, 3]) })
  const changes = await nextAbout(stream, writer.runId)
  expect(changes.rev).toBeGreaterThan(rev)
  expect(changes.runs).toEqual([expect.objectContaining({ id: writer.runId, project: 'test' })])
  await stream.return(undefined)
  writer.close()
})

it('a commit of another process arrives', async () => {
  const stream = live.subscribe(null)
  await next(stream)
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/fixtures/live-writer.ts', temp.path, '0.3'], { stdio: 'ignore' })
  const changes = await next(stream)
  expect(changes.runs).toEqual([expect.objectContaining({ project: 'live' })])
  await once(child, 'exit')
  await stream.return(undefined)
})

it('after a break the stream goes on where it stopped, and nothing is missed', async () => {
  const before = await newRun(trainer)
  const first = live.subscribe(null)
  const seen = await next(first)
  await first.return(undefined)
  const during = await newRun(trainer)
  during.flush({ points: points('loss', [1]) })
  const resumed = live.subscribe(live.cursor(seen))
  expect((await next(resumed)).runs.map((run) => run.id)).toEqual([during.runId])
  before.flush({ points: points('loss', [1]) })
  expect((await nextAbout(resumed, before.runId)).runs.map((run) => run.id)).toEqual([before.runId])
  await resumed.return(undefined)
  before.close()
  during.close()
})

it.each(['nonsense', '-1', '1', '1e3', '99999999999999', '1-0123456789ab', '-'])(
  'the cursor %j, not made here, asks to read everything again',
  async (cursor) => {
    const stream = live.subscribe(cursor)
    expect((await next(stream)).reset).toBe(true)
    await stream.return(undefined)
  },
)

it('a cursor of another process asks to read everything again: it may have served another file', async () => {
  const other = new LiveFeed(trainer)
  const stream = live.subscribe(other.cursor({ rev: 1, runs: [], removed: [], studies: [], removedStudies: [], findings: [], reset: false }))
  expect((await next(stream)).reset).toBe(true)
  await stream.return(undefined)
})

it('a removed run is named', async () => {
  const writer = await newRun(trainer)
  writer.close()
  const stream = live.subscribe(null)
  await next(stream)
  await trainer.removeRuns([writer.runId])
  expect((await next(stream)).removed).toEqual([writer.runId])
  await stream.return(undefined)
})

it('a change made here is told too', async () => {
  const writer = await newRun(trainer)
  writer.close()
  const caller = callOver(temp.store, live).call
  const stream = live.subscribe(null)
  await next(stream)
  await caller.runs.update({ id: writer.runId, name: 'renamed' })
  expect((await nextAbout(stream, writer.runId)).reset).toBe(false)
  await stream.return(undefined)
})

it('many commits become few items, and the last one is not lost', async () => {
  const slow = new LiveFeed(temp.store, { pollMs: 1, coalesceMs: 100 })
  const writer = await newRun(trainer)
  const stream = slow.subscribe(null)
  await next(stream)
  for (let i = 0; i < 200; i++) writer.flush({ points: points('loss', [i], i) })
  const last = (await temp.store.overview({}, [])).rev
  let items = 0
  let rev = 0
  while (rev < last) {
    rev = (await next(stream)).rev
    items++
  }
  expect(items).toBeLessThan(20)
  slow.close()
  writer.close()
})

it('all streams share one look at the store, and none is left when nobody listens', async () => {
  const stop = new AbortController()
  const streams = Array.from({ length: 50 }, () => live.subscribe(null, stop.signal))
  await Promise.all(streams.map(next))
  expect(live.listeners).toBe(50)
  const writer = await newRun(trainer)
  const seen = await Promise.all(streams.map((stream) => nextAbout(stream, writer.runId)))
  expect(new Set(seen.map((changes) => changes.rev)).size).toBe(1)
  const ends = streams.map((stream) => stream.next())
  stop.abort()
  expect((await Promise.all(ends)).every((end) => end.done)).toBe(true)
  expect(live.listeners).toBe(0)
  writer.close()
})

it('works as a subscription without HTTP, with ids to resume from', async () => {
  const writer = await newRun(trainer)
  const caller = callOver(temp.store, live).call
  const stream = await caller.live.changes({})
  const iterator = stream[Symbol.asyncIterator]()
  const first = await iterator.next()
  const [id, changes] = first.value as unknown as [string, Changes]
  expect(id).toBe(live.cursor(changes))
  await iterator.return?.()
  writer.close()
})
