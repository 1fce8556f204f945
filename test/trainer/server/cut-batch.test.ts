import { expect, it } from 'vitest'
import type { FlushBatch } from '../../../core/flush-batch.ts'
import { cutBatch } from '../../../trainer/worker/cut-batch.ts'

const points = (n: number) => ({
  names: ['a'],
  series: new Uint32Array(n),
  step: new Float64Array(n),
  wall: new Float64Array(n),
  value: new Float64Array(n),
})
const record = (bytes: number) => ({ name: 'r', kind: 'image', step: 0, wall: 0, payload: {}, blob: new Uint8Array(bytes) })
const link = (to: string) => ({ to, role: 'member' as const, step: null, hash: null, detail: {} })
const keys = (batch: FlushBatch) => cutBatch(batch).map((part) => Object.keys(part).join('+'))

it('sends what is small together', () => {
  expect(keys({ points: points(10), records: [record(100)], rules: [{ pattern: 'a' }], patch: { notes: 'x' } })).toEqual([
    'points+rules+records+patch',
  ])
})

it('lets what a server may refuse take nothing else with it: large records, links', () => {
  expect(keys({ points: points(10), records: [record(100_000)], prune: [{ name: 'r', steps: [1] }], patch: { notes: 'x' } })).toEqual([
    'points',
    'records',
    'prune',
    'patch',
  ])
  expect(keys({ points: points(10), links: [link('a'), link('b')], patch: { status: 'finished' } })).toEqual(['points', 'links', 'links', 'patch'])
  expect(keys({ records: [record(100_000)], patch: { status: 'finished' } })).toEqual(['records', 'patch'])
})

it('keeps many points apart from records', () => {
  expect(keys({ points: points(30_000), records: [record(1)] })).toEqual(['points', 'records'])
})
