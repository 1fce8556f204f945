import { describe, expect, expectTypeOf, it } from 'vitest'
import { type Fields, histogram, init, type MetricHandle, type Run, text, track } from '../../trainer/index.ts'

/** The compiler does the checking: `@ts-expect-error` lines fail the type check when they would compile. Nothing is logged. */
const OFF = { mode: 'disabled' } as const

describe('types', () => {
  it('of the config are inferred to the literal', async () => {
    const run = init({ ...OFF, config: { lr: 1e-3, layers: [64, 10], optimizer: { name: 'adam' } } })
    expectTypeOf(run.config.lr).toEqualTypeOf<0.001>()
    expectTypeOf(run.config.layers).toEqualTypeOf<readonly [64, 10]>()
    expectTypeOf(run.config.optimizer.name).toEqualTypeOf<'adam'>()
    // @ts-expect-error not in the config
    expect(run.config.momentum).toBeUndefined()
    interface Settings {
      lr: number
      warmup?: number
    }
    const settings: Settings = { lr: 0.5 }
    expectTypeOf(init({ ...OFF, config: settings }).config).toEqualTypeOf<Fields<Settings>>()
    const result = await track({ ...OFF, config: { width: 8 } }, async (tracked) => {
      expectTypeOf(tracked.config.width).toEqualTypeOf<8>()
      return 'done'
    })
    expectTypeOf(result).toEqualTypeOf<string>()
    expectTypeOf(init(OFF)).toExtend<Run<object>>()
  })

  it('of log take numbers, booleans, records and nested objects, and nothing else', () => {
    const run = init(OFF)
    interface Metrics {
      loss: number
    }
    const metrics: Metrics = { loss: 1 }
    const logs: Record<string, number> = {}
    run.log(metrics)
    run.log(logs, 3)
    run.log({ train: { loss: 1, layers: { a: 2 } }, good: true, h: histogram([1]), note: text('x') })
    const refuse = (call: () => void) => expect(call).not.toThrow()
    // @ts-expect-error a text is no value
    refuse(() => run.log({ loss: 'high' }))
    // @ts-expect-error nor is an array
    refuse(() => run.log({ loss: [1, 2] }))
    // @ts-expect-error nor is undefined
    refuse(() => run.log({ train: { loss: undefined } }))
    // @ts-expect-error nor is a bigint
    refuse(() => run.log({ loss: 1n }))
    // @ts-expect-error steps are numbers
    refuse(() => run.log({ loss: 1 }, '3'))
    expectTypeOf(run.metric('loss')).toEqualTypeOf<MetricHandle>()
    expectTypeOf(run.flush()).toEqualTypeOf<Promise<boolean>>()
    expectTypeOf(run.signal).toEqualTypeOf<AbortSignal>()
  })

  it('of options refuse unknown names', () => {
    // @ts-expect-error a typing error
    expect(() => init({ ...OFF, projct: 'x' })).toThrow('did you mean "project"?')
    // @ts-expect-error not a mode
    expect(() => init({ mode: 'on' })).toThrow('option mode must be')
  })
})
