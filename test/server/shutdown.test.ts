import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Store } from '../../db/store.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { send } from './send.ts'
import { newRun, points, type TempStore, tempStore } from './temp-store.ts'

const POINTS = 300_000

let temp: TempStore
let server: RunningServer
let runId: string
/** Points handed out by the store so far, and how many readings were ended. */
let read = 0
let ended = 0

/** The real store, watched. */
function watched(store: Store): Store {
  return new Proxy(store, {
    get(_, key: keyof Store) {
      if (key === 'points') return pointsOf
      const member = store[key]
      return typeof member === 'function' ? member.bind(store) : member
    },
  })
  // The diagnosis reads numbers, too; an export says whether it wants those that were superseded.
  function pointsOf(...parameters: Parameters<Store['points']>) {
    return parameters[2]?.all === undefined ? store.points(...parameters) : pointsWatched(...parameters)
  }
  async function* pointsWatched(...parameters: Parameters<Store['points']>) {
    try {
      for await (const batch of store.points(...parameters)) {
        read += batch.step.length
        yield batch
      }
    } finally {
      ended++
    }
  }
}

beforeEach(async () => {
  read = 0
  ended = 0
  temp = await tempStore()
  const writer = await newRun(temp.store)
  runId = writer.runId
  writer.flush({
    points: points(
      'loss',
      Array.from({ length: POINTS }, (_, i) => i / 3),
    ),
  })
  writer.compact()
  writer.close()
  server = await startServer({ store: watched(temp.store), port: 0 })
})

afterEach(async () => {
  await server.close()
  await temp.remove()
})

/** An export whose reader takes nothing. */
async function stalledExport(): Promise<IncomingMessage> {
  const outgoing = request({ host: '127.0.0.1', port: server.port, path: `/api/export?run=${runId}&format=csv`, agent: false })
  outgoing.on('error', () => {})
  outgoing.end()
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  response.on('error', () => {})
  response.pause()
  return response
}

/** Waits until the server has stopped reading ahead. */
async function readingRests(): Promise<void> {
  let before = -1
  await expect
    .poll(
      () => {
        const rests = read === before && read > 0
        before = read
        return rests
      },
      { interval: 100, timeout: 20_000 },
    )
    .toBe(true)
}

it('an export is made no faster than it is read, and ends when its reader leaves', async () => {
  const response = await stalledExport()
  await readingRests()
  expect(read).toBeLessThan(POINTS)
  response.destroy()
  await expect.poll(() => ended, { timeout: 20_000 }).toBe(1)
  expect(read).toBeLessThan(POINTS)
})

it('closing the server cuts a stalled export, so that its reader cannot take half a file for a whole one', async () => {
  const response = await stalledExport()
  await readingRests()
  await server.close()
  const outcome = await new Promise((resolve) => {
    response.on('aborted', () => resolve('cut'))
    response.on('end', () => resolve('whole'))
    response.resume()
  })
  expect(outcome).toBe('cut')
  await expect.poll(() => ended, { timeout: 20_000 }).toBe(1)
})

it('after closing nothing answers', async () => {
  await server.close()
  await expect(send(server.port, '/api/health')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
