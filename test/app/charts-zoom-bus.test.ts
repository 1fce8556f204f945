import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createZoomBus, SETTLE_MS, type ZoomRange } from '../../app/_charts/zoom-bus.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const make = () => createZoomBus({ set: (run, ms) => setTimeout(run, ms) as unknown as number, clear: (timer) => clearTimeout(timer) })

test('the chart under the hand follows each move, the others at most every 100 ms', () => {
  const bus = make()
  const told = { own: 0, other: 0 }
  bus.subscribe(() => told.own++, 'own')
  bus.subscribe(() => told.other++, 'other')
  for (let i = 0; i < 5; i++) bus.move([i, 10], 'own')
  expect(told).toEqual({ own: 5, other: 0 })
  vi.advanceTimersByTime(100)
  expect(told.other).toBe(1)
})

test('the range is committed once, when the hand rests', () => {
  const bus = make()
  const committed: ZoomRange[] = []
  bus.onCommit = (range) => committed.push(range)
  for (let i = 0; i < 10; i++) {
    bus.move([i, 20], 'a')
    vi.advanceTimersByTime(SETTLE_MS / 2)
  }
  expect(committed).toEqual([])
  vi.advanceTimersByTime(SETTLE_MS)
  expect(committed).toEqual([[9, 20]])
})

test('the moving range stays until the settled one has arrived', () => {
  const bus = make()
  bus.move([1, 2], 'a')
  bus.settle()
  expect(bus.live()).toEqual([1, 2])
  vi.advanceTimersByTime(SETTLE_MS)
  expect(bus.live()).toEqual([1, 2])
  bus.settle()
  expect(bus.live()).toBeUndefined()
})

test('showing everything is a range too', () => {
  const bus = make()
  const committed: ZoomRange[] = []
  bus.onCommit = (range) => committed.push(range)
  bus.move(null, 'a')
  expect(bus.live()).toBeNull()
  vi.advanceTimersByTime(SETTLE_MS)
  expect(committed).toEqual([null])
})
