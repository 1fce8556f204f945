import { describe, expect, it } from 'vitest'
import { LossboardError } from '../../core/errors.ts'
import type { FlushBatch, NewRecord, RunWriter } from '../../db/store.ts'
import { Pending } from '../../trainer/worker/pending.ts'
import { StoreFeeder } from '../../trainer/worker/store-feeder.ts'

/** A writer that fails on request and remembers what it took. */
class Writer implements RunWriter {
  readonly runId = 'r'
  readonly attempt = 1
  readonly points: [name: string, step: number, value: number][] = []
  readonly records: NewRecord[] = []
  readonly patches: object[] = []
  readonly rules: string[] = []

  constructor(readonly refuse: (batch: FlushBatch) => Error | null = () => null) {}

  flush(batch: FlushBatch): void {
    const error = this.refuse(batch)
    if (error) throw error
    const { points } = batch
    points?.series.forEach((series, i) => {
      this.points.push([points.names[series] as string, points.step[i] as number, points.value[i] as number])
    })
    this.records.push(...(batch.records ?? []))
    if (batch.patch) this.patches.push(batch.patch)
    this.rules.push(...(batch.rules ?? []).map(({ pattern }) => pattern))
  }
  compact(): void {}
  close(): void {}
}

const note = (step: number): NewRecord => ({ name: 'note', kind: 'text', step, wall: 0, payload: { text: `${step}`, format: 'plain' } })
const busy = new LossboardError('store_busy', 'locked')

function fill(pending: Pending, points: number, from = 0): void {
  for (let step = from; step < from + points; step++) pending.addPoint(pending.idOf(step % 2 ? 'odd' : 'even'), step, 0, step / 3)
}

const expectedPoints = (n: number) => Array.from({ length: n }, (_, step) => [step % 2 ? 'odd' : 'even', step, step / 3])

describe('what is pending', () => {
  it('reaches the store once and in order, through any mixture of failures and new data', () => {
    let calls = 0
    const writer = new Writer(() => (calls++ % 3 === 0 ? busy : null))
    const pending = new Pending()
    const feeder = new StoreFeeder(writer, pending)
    let step = 0
    for (let turn = 0; turn < 40; turn++) {
      fill(pending, 20_000, step)
      step += 20_000
      pending.addRecords([note(turn)])
      feeder.feed(false)
    }
    while (feeder.feed(false) !== 'stored');
    expect(writer.points).toEqual(expectedPoints(step))
    expect(writer.records.map((record) => record.step)).toEqual(Array.from({ length: 40 }, (_, turn) => turn))
    expect([pending.isEmpty, pending.points, pending.dropped]).toEqual([true, 0, 0])
  })

  it('is bounded: what comes after is given up and counted, and later data is taken again', () => {
    let locked = true
    const writer = new Writer(() => (locked ? busy : null))
    const pending = new Pending(28 * 1_000)
    const feeder = new StoreFeeder(writer, pending)
    fill(pending, 1_500)
    pending.addRecords([note(1)])
    expect(pending.dropped).toBe(501)
    expect(feeder.feed(false)).toBe('failing')
    locked = false
    expect(feeder.feed(false)).toBe('stored')
    fill(pending, 1, 1_500)
    expect(feeder.feed(false)).toBe('stored')
    expect(writer.points).toEqual([...expectedPoints(1_000), ['even', 1_500, 500]])
    expect(pending.dropped).toBe(501)
  })

  it('loses only the part that the store can never take', () => {
    const isBad = ({ records = [] }: FlushBatch) => records.some(({ step }) => step === 2)
    const writer = new Writer((batch) => (isBad(batch) ? new LossboardError('invalid_value', 'text: bad') : null))
    const pending = new Pending()
    fill(pending, 10)
    pending.addRecords([note(1), note(2), note(3)])
    pending.addPatch({ notes: 'x' })
    pending.addRules([{ pattern: 'a' }])
    expect(new StoreFeeder(writer, pending).feed(false)).toBe('stored')
    expect(writer.points).toEqual(expectedPoints(10))
    expect(writer.records.map(({ step }) => step)).toEqual([1, 3])
    expect([writer.patches, writer.rules, pending.dropped]).toEqual([[{ notes: 'x' }], ['a'], 1])
  })

  it('is not written twice when the store locks half-way through such a batch', () => {
    let locked = false
    const writer = new Writer((batch) => {
      const { records = [] } = batch
      if (records.some(({ step }) => step === 2)) return new LossboardError('invalid_value', 'text: bad')
      return locked && records.length > 0 ? busy : null
    })
    const pending = new Pending()
    const feeder = new StoreFeeder(writer, pending)
    fill(pending, 10)
    pending.addRecords([note(1), note(2), note(3)])
    locked = true
    expect(feeder.feed(false)).toBe('failing')
    expect(writer.points).toEqual(expectedPoints(10))
    locked = false
    expect(feeder.feed(false)).toBe('stored')
    expect(writer.points).toEqual(expectedPoints(10))
    expect(writer.records.map(({ step }) => step)).toEqual([1, 3])
    expect(pending.dropped).toBe(1)
  })

  it('is handed back when the run was removed', () => {
    const pending = new Pending()
    fill(pending, 10)
    const writer = new Writer(() => new LossboardError('not_found', 'gone'))
    expect(new StoreFeeder(writer, pending).feed(false)).toBe('removed')
    expect(pending.clear()).toBe(10)
    expect(pending.isEmpty).toBe(true)
  })
})
