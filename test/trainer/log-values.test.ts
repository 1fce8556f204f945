import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { init } from '../../trainer/index.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { readRun, readRuns, withStore } from './fixtures/stored-run.ts'

const QUIET = { quiet: true, captureConsole: false, systemMetrics: false, saveGit: false } as const

describe('log', () => {
  it('stores every value of every call, bit by bit, in whatever order the steps come', async () => {
    await using folder = tempFolder()
    const call = fc.record({ step: fc.integer({ min: -50, max: 200 }), a: fc.double(), b: fc.option(fc.double(), { nil: undefined }) })
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 300 }), async (calls) => {
        const run = init({ ...QUIET, dir: folder.store })
        const expected = { a: new Map<number, number>(), 'group/b': new Map<number, number>() }
        for (const { step, a, b } of calls) {
          run.log(b === undefined ? { a } : { a, group: { b } }, step)
          expected.a.set(step, a)
          if (b !== undefined) expected['group/b'].set(step, b)
        }
        expect(await run.finish()).toBe(true)
        const { points } = await readRun(folder.store, run.id)
        for (const [name, values] of Object.entries(expected)) {
          const steps = [...values.keys()].sort((x, y) => x - y)
          expect(points.get(name)?.step ?? []).toEqual(steps)
          expect(bits(points.get(name)?.value ?? [])).toEqual(bits(steps.map((step) => values.get(step) as number)))
        }
      }),
      { numRuns: 8 },
    )
  })

  it('keeps NaN, both infinities and minus zero apart', async () => {
    await using folder = tempFolder()
    const values = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, Number.MIN_VALUE, Number.MAX_VALUE, 2 ** 53 + 2]
    const run = init({ ...QUIET, dir: folder.store })
    values.forEach((value, step) => {
      run.log({ odd: value }, step)
    })
    await run.finish()
    expect(bits((await readRun(folder.store, run.id)).points.get('odd')?.value ?? [])).toEqual(bits(values))
  })

  it('loses nothing when far more is logged than the ring holds, while the event loop stands still', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store })
    const steps = 700_000
    for (let step = 0; step < steps; step++) run.log({ x: step * 0.1 }, step)
    expect(run.flushSync()).toBe(true)
    await run.finish()
    const stored = (await readRun(folder.store, run.id)).points.get('x')
    expect(stored?.step.length).toBe(steps)
    expect(stored?.step.every((step, index) => step === index)).toBe(true)
    expect(stored?.value.every((value, index) => value === index * 0.1)).toBe(true)
  })

  it('takes one call with more metrics than a record of the ring holds', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store })
    const values = Object.fromEntries(Array.from({ length: 17_000 }, (_, index) => [`m/${index}`, index]))
    run.log(values, 7)
    await run.finish()
    const series = await withStore(folder.store, (store) => store.series(run.id))
    expect(series.length).toBe(17_000)
    expect(series.every(({ name, last, lastStep }) => name === `m/${last}` && lastStep === 7)).toBe(true)
  })

  it('counts steps by itself when none is given, going on from the highest', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store })
    run.log({ a: 1 })
    run.log({ a: 2 })
    run.log({ a: 3 }, 10)
    run.log({ a: 4 }, 5)
    expect(run.nextStep).toBe(11)
    run.log({})
    run.log({ a: 5 })
    run.metric('a')(6)
    run.metric('b')(7, 3)
    await run.finish()
    const { points } = await readRun(folder.store, run.id)
    expect(points.get('a')).toEqual({ step: [0, 1, 5, 10, 11, 12], value: [1, 2, 4, 3, 5, 6] })
    expect(points.get('b')).toEqual({ step: [3], value: [7] })
  })

  it('flattens nested objects and takes booleans as 1 and 0', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store })
    run.log({ train: { loss: 0.5, layer: { norm: 2 } }, improved: true, stopped: false })
    await run.finish()
    const { points } = await readRun(folder.store, run.id)
    expect(Object.fromEntries([...points].map(([name, { value }]) => [name, value]))).toEqual({
      'train/loss': [0.5],
      'train/layer/norm': [2],
      improved: [1],
      stopped: [0],
    })
  })

  it('keeps two runs of one process apart', async () => {
    await using folder = tempFolder()
    const one = init({ ...QUIET, dir: folder.store, name: 'one' })
    const two = init({ ...QUIET, dir: folder.store, name: 'two' })
    for (let step = 0; step < 5_000; step++) {
      one.log({ x: step }, step)
      two.log({ y: -step, x: step + 0.5 }, step)
    }
    expect(await Promise.all([one.finish(), two.finish()])).toEqual([true, true])
    const [a, b] = await Promise.all([readRun(folder.store, 'one'), readRun(folder.store, 'two')])
    expect([...a.points.keys()]).toEqual(['x'])
    expect(a.points.get('x')?.value).toEqual(Array.from({ length: 5_000 }, (_, step) => step))
    expect(b.points.get('x')?.value).toEqual(Array.from({ length: 5_000 }, (_, step) => step + 0.5))
    expect(b.points.get('y')?.value).toEqual(Array.from({ length: 5_000 }, (_, step) => 0 - step).map((value) => (value === 0 ? -0 : value)))
    expect((await readRuns(folder.store)).map(({ number }) => number).sort()).toEqual([1, 2])
  })

  it('does nothing at all when disabled', async () => {
    await using folder = tempFolder()
    const run = init({ ...QUIET, dir: folder.store, mode: 'disabled' })
    run.log({ a: 1 })
    run.metric('a')(2)
    run.defineMetric('a', { goal: 'min' })
    run.summary.update({ best: 1 })
    expect([run.flushSync(), await run.flush(), await run.finish(), run.store]).toEqual([true, true, true, null])
    await expect(readRuns(folder.store)).rejects.toMatchObject({ code: 'not_found' })
  })
})

function bits(values: Iterable<number>): string[] {
  return Array.from(values, (value) => (Number.isNaN(value) ? 'NaN' : (new BigUint64Array(Float64Array.of(value).buffer)[0]?.toString(16) ?? '')))
}
