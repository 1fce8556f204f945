import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveConnection } from '../../app/_trpc/live-connection.ts'
import { type LiveChanges, mergeChanges } from '../../app/_trpc/merge-changes.ts'

type Handlers = Parameters<ConstructorParameters<typeof LiveConnection>[0]>[1]

const changes = (rev: number, ids: string[] = [], removed: string[] = []) => ({
  rev,
  runs: ids.map((id) => ({ id, rev, project: 'p' })),
  removed,
  studies: [],
  removedStudies: [],
  findings: [],
  reset: false,
})

/** A tab with its visibility, and streams the test speaks through. */
function tab() {
  const listeners = new Set<() => void>()
  const page = {
    visibilityState: 'visible',
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }
  vi.stubGlobal('document', page)
  const streams: { cursor: string | undefined; handlers: Handlers; open: boolean }[] = []
  const connection = new LiveConnection((cursor, handlers) => {
    const stream = { cursor, handlers, open: true }
    streams.push(stream)
    return { unsubscribe: () => (stream.open = false) }
  })
  const heard: LiveChanges[] = []
  const statuses: string[] = []
  connection.listen((change) => heard.push(change))
  const stop = connection.start((status) => statuses.push(status))
  const show = (state: string) => {
    page.visibilityState = state
    for (const listener of listeners) listener()
  }
  return { streams, heard, statuses, show, stop }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the live stream of a tab', () => {
  it('delivers what comes in a burst as one, and says from where the stream began', () => {
    const { streams, heard } = tab()
    streams[0]?.handlers.onData({ id: '5', data: changes(5) })
    vi.advanceTimersByTime(0)
    streams[0]?.handlers.onData({ id: '6', data: changes(6, ['a']) })
    streams[0]?.handlers.onData({ id: '7', data: changes(7, ['a', 'b']) })
    expect(heard).toEqual([{ ...changes(5), startRev: 5 }])
    vi.advanceTimersByTime(250)
    expect(heard[1]).toMatchObject({ rev: 7, startRev: null, runs: [{ id: 'a', rev: 7 }, { id: 'b' }] })
  })

  it('closes while the tab is hidden and goes on where it stopped', () => {
    const { streams, statuses, show } = tab()
    streams[0]?.handlers.onConnectionStateChange({ state: 'pending', error: null })
    streams[0]?.handlers.onData({ id: '9', data: changes(9) })
    show('hidden')
    expect(streams[0]?.open).toBe(false)
    show('visible')
    expect(streams.map(({ cursor }) => cursor)).toEqual([undefined, '9'])
    expect(statuses).toEqual(['connecting', 'live', 'paused', 'connecting'])
  })

  it('opens again after the server ended it, and says so meanwhile', () => {
    const { streams, statuses } = tab()
    streams[0]?.handlers.onConnectionStateChange({ state: 'pending', error: null })
    streams[0]?.handlers.onError(new Error('gone'))
    expect(statuses.at(-1)).toBe('reconnecting')
    vi.advanceTimersByTime(1_000)
    streams[1]?.handlers.onConnectionStateChange({ state: 'pending', error: null })
    expect(statuses.at(-1)).toBe('live')
    expect(streams).toHaveLength(2)
  })

  it('does not listen to a stream that was replaced', () => {
    const { streams, heard, show } = tab()
    show('hidden')
    show('visible')
    streams[0]?.handlers.onData({ id: '3', data: changes(3, ['old']) })
    vi.advanceTimersByTime(1_000)
    expect(heard).toEqual([])
  })

  it('stops for good', () => {
    const { streams, stop, show } = tab()
    stop()
    show('visible')
    expect(streams.map(({ open }) => open)).toEqual([false])
  })
})

describe('mergeChanges', () => {
  const full = (part: Partial<LiveChanges>): LiveChanges => ({
    rev: 1,
    runs: [],
    removed: [],
    studies: [],
    removedStudies: [],
    findings: [],
    reset: false,
    startRev: null,
    ...part,
  })

  it('lets a removal win over an earlier change, and a later change over the removal', () => {
    const written = full({ runs: [{ id: 'a', rev: 1, project: 'p' }] })
    const removed = full({ rev: 2, removed: ['a'] })
    expect(mergeChanges(written, removed)).toMatchObject({ runs: [], removed: ['a'] })
    expect(mergeChanges(removed, full({ rev: 3, runs: [{ id: 'a', rev: 3, project: 'p' }] }))).toMatchObject({ runs: [{ id: 'a' }], removed: [] })
  })

  it('keeps a reset and the start of the stream', () => {
    expect(mergeChanges(full({ reset: true, startRev: 4 }), full({ rev: 5 }))).toMatchObject({ reset: true, startRev: 4, rev: 5 })
  })
})
