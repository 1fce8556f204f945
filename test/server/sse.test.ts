import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { Changes, Store } from '../../db/store.ts'
import { type RunningServer, startServer } from '../../server/http/start-server.ts'
import { newRun, points, type TempStore, tempStore } from './temp-store.ts'

let temp: TempStore
let trainer: Store
let server: RunningServer

beforeEach(async () => {
  temp = await tempStore()
  trainer = await openStore(temp.path, { mode: 'write' })
  server = await startServer({ store: temp.store, port: 0, live: { pollMs: 5, coalesceMs: 5 } })
})

afterEach(async () => {
  await server.close()
  await trainer.close()
  await temp.remove()
})

interface Event {
  event?: string
  id?: string
  data?: string
}

async function openStream(lastEventId?: string): Promise<{ response: IncomingMessage; events: AsyncGenerator<Event> }> {
  const headers = { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) }
  const outgoing = request({ host: '127.0.0.1', port: server.port, path: '/api/trpc/live.changes', headers, agent: false })
  outgoing.on('error', () => {})
  outgoing.end()
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  return { response, events: events(response) }
}

async function* events(response: IncomingMessage): AsyncGenerator<Event> {
  let text = ''
  try {
    for await (const chunk of response) {
      text += String(chunk)
      const parts = text.split('\n\n')
      text = parts.pop() ?? ''
      for (const part of parts) {
        const lines = part.split('\n').filter((line) => line.includes(': '))
        if (lines.length > 0) yield Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
      }
    }
  } catch {
    // The connection was cut: the stream is over.
  }
}

async function nextChanges(stream: AsyncGenerator<Event>): Promise<{ id: string; changes: Changes }> {
  for await (const { event, id, data } of { [Symbol.asyncIterator]: () => ({ next: () => stream.next() }) }) {
    if (event === undefined && id !== undefined && data !== undefined) return { id, changes: JSON.parse(data) as Changes }
  }
  throw new Error('the stream ended')
}

it('streams changes as they are committed, unbuffered', async () => {
  const { response, events } = await openStream()
  expect(response.headers['content-type']).toContain('text/event-stream')
  expect(response.headers['cache-control']).toContain('no-cache')
  await nextChanges(events)
  const writer = await newRun(trainer)
  writer.flush({ points: points('loss', [1]) })
  const { id, changes } = await nextChanges(events)
  expect(changes.runs.map((run) => run.id)).toEqual([writer.runId])
  expect(id.startsWith(`${changes.rev}-`)).toBe(true)
  response.destroy()
  writer.close()
})

it('resumes after the last id the browser saw', async () => {
  const first = await openStream()
  const { id } = await nextChanges(first.events)
  first.response.destroy()
  const writer = await newRun(trainer)
  const second = await openStream(id)
  const { changes } = await nextChanges(second.events)
  expect(changes.runs.map((run) => run.id)).toEqual([writer.runId])
  second.response.destroy()
  writer.close()
})

it('closing the server ends open streams and frees the port', async () => {
  const streams = await Promise.all([openStream(), openStream(), openStream()])
  for (const { events } of streams) await nextChanges(events)
  const ended = streams.map(async ({ events }) => {
    for await (const _ of events) {
      // Whatever still comes.
    }
  })
  await server.close()
  await Promise.all(ended)
  const again = await startServer({ store: await openStore(temp.path, { mode: 'read' }), port: server.port })
  expect(again.port).toBe(server.port)
  await again.close()
})

it('closing twice is closing once', async () => {
  await Promise.all([server.close(), server.close()])
})
