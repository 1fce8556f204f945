import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { makeSchedule, SCHEDULE_KINDS, type ScheduledRun, type ScheduleInput, scheduleSchema } from '../../../../trainer/lab/schedules/registry.ts'

const RUN: ScheduledRun = { learningRate: 0.1, totalSteps: 1000, stepsPerEpoch: 100 }
const make = (config: ScheduleInput, run: Partial<ScheduledRun> = {}) => makeSchedule(scheduleSchema.parse(config), { ...RUN, ...run })
const rates = (config: ScheduleInput, steps: number[], run: Partial<ScheduledRun> = {}): number[] => steps.map(make(config, run))

describe('rates by hand', () => {
  it('constant', () => expect(rates({ kind: 'constant' }, [0, 1, 999, 1000, 5000])).toEqual([0.1, 0.1, 0.1, 0.1, 0.1]))

  it('cosine: half of it at half time, the final share after the last step', () => {
    const cosine = rates({ kind: 'cosine' }, [0, 250, 500, 750, 1000, 2000], { learningRate: 1 })
    expect(cosine[0]).toBe(1)
    expect(cosine[1]).toBeCloseTo((1 + Math.SQRT1_2) / 2, 15)
    expect(cosine[2]).toBe(0.5)
    expect(cosine[3]).toBeCloseTo((1 - Math.SQRT1_2) / 2, 15)
    expect(cosine.slice(4)).toEqual([0, 0])
    expect(make({ kind: 'cosine' })(999)).toBeGreaterThan(0)
    const floored = make({ kind: 'cosine', final: 0.2 }, { learningRate: 1 })
    expect(floored(500)).toBeCloseTo(0.6, 15)
    expect(floored(1000)).toBe(0.2)
  })

  it('linear', () => {
    expect(rates({ kind: 'linear' }, [0, 250, 500, 1000], { learningRate: 1 })).toEqual([1, 0.75, 0.5, 0])
    expect(rates({ kind: 'linear', final: 0.5, warmup: 200 }, [200, 600, 1000], { learningRate: 1 })).toEqual([1, 0.75, 0.5])
  })

  it('inverse square root: with a warm-up as in the Transformer, √(warmup / step)', () => {
    expect(rates({ kind: 'inverse-square-root' }, [0, 3, 8, 99], { learningRate: 1 })).toEqual([1, 0.5, 1 / 3, 0.1])
    const transformer = make({ kind: 'inverse-square-root', warmup: 100, warmupStart: 0 }, { learningRate: 1 })
    for (const step of [1, 50, 100, 101, 400, 900]) expect(transformer(step)).toBeCloseTo(Math.min(step / 100, Math.sqrt(100 / step)), 14)
    expect(rates({ kind: 'inverse-square-root', timescale: 200 }, [0, 600], { learningRate: 1 })).toEqual([1, 0.5])
  })

  it('step: at its epochs, from their first update on; without epochs after half and three quarters', () => {
    expect(rates({ kind: 'step', milestones: [2, 4.5] }, [199, 200, 449, 450], { learningRate: 1 })).toEqual([1, 0.1, 0.1, 0.1 ** 2])
    expect(rates({ kind: 'step', factor: 0.5 }, [499, 500, 749, 750, 1000], { learningRate: 1 })).toEqual([1, 0.5, 0.5, 0.25, 0.25])
    expect(rates({ kind: 'step', factor: 0.5, warmup: 200 }, [599, 600, 799, 800], { learningRate: 1 })).toEqual([1, 0.5, 0.5, 0.25])
  })

  it('one-cycle: low, the learning rate at the peak, almost nothing', () => {
    const linear = rates({ kind: 'one-cycle', start: 0.2, peakAt: 0.4, final: 0, shape: 'linear' }, [0, 200, 400, 700, 1000], { learningRate: 1 })
    for (const [index, value] of [0.2, 0.6, 1, 0.5, 0].entries()) expect(linear[index]).toBeCloseTo(value, 14)
    const cosine = rates({ kind: 'one-cycle' }, [0, 150, 300, 650, 1000], { learningRate: 1 })
    for (const [index, value] of [0.04, 0.52, 1, 0.500002, 4e-6].entries()) expect(cosine[index]).toBeCloseTo(value, 12)
  })

  it('warm-up: a line from its start share to where the schedule begins', () => {
    expect(rates({ kind: 'constant', warmup: 100, warmupStart: 0 }, [0, 1, 50, 100, 101], { learningRate: 1 })).toEqual([0, 0.01, 0.5, 1, 1])
    expect(rates({ kind: 'linear', warmup: 100, warmupStart: 0.5 }, [0, 50, 100], { learningRate: 1 })).toEqual([0.5, 0.75, 1])
    const cycle = rates({ kind: 'one-cycle', start: 0.1, warmup: 100, warmupStart: 0.5 }, [0, 100], { learningRate: 1 })
    expect(cycle[0]).toBeCloseTo(0.05, 15)
    expect(cycle[1]).toBeCloseTo(0.1, 15)
  })
})

const anyRun = fc
  .record({
    kind: fc.constantFrom(...SCHEDULE_KINDS),
    totalSteps: fc.integer({ min: 1, max: 100_000 }),
    warmupShare: fc.double({ min: 0, max: 0.999, noNaN: true }),
    warmupStart: fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1, noNaN: true })),
    learningRate: fc.double({ min: 1e-8, max: 10, noNaN: true }),
    stepsPerEpoch: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ kind, totalSteps, warmupShare, warmupStart, learningRate, stepsPerEpoch }) => ({
    config: { kind, warmup: Math.floor(totalSteps * warmupShare), warmupStart } as ScheduleInput & { warmup: number },
    run: { learningRate, totalSteps, stepsPerEpoch },
  }))
/** The same cases every time. */
const FIXED = { seed: 1, numRuns: 500 }
const share = fc.double({ min: 0, max: 1, noNaN: true })

describe('every schedule with every warm-up', () => {
  it('stays between 0 and the learning rate, which it reaches, and is pure', () => {
    fc.assert(
      fc.property(anyRun, fc.array(share, { minLength: 1, maxLength: 20 }), ({ config, run }, shares) => {
        const schedule = make(config, run)
        const steps = shares.map((one) => Math.floor(one * run.totalSteps))
        const once = steps.map(schedule)
        for (const rate of once) {
          expect(rate).toBeGreaterThanOrEqual(0)
          expect(rate).toBeLessThanOrEqual(run.learningRate * (1 + 1e-15))
        }
        expect([...steps].reverse().map(schedule).reverse()).toEqual(once)
        expect(steps.map(make(config, run))).toEqual(once)
        const peak = config.kind === 'one-cycle' ? config.warmup + 0.3 * (run.totalSteps - config.warmup) : config.warmup
        expect(schedule(peak) / run.learningRate).toBeCloseTo(1, 9)
      }),
      FIXED,
    )
  })

  it('joins its warm-up without a jump, rises during it, and never rises after its peak', () => {
    fc.assert(
      fc.property(anyRun, share, share, ({ config, run }, one, other) => {
        const schedule = make(config, run)
        const { warmup } = config
        if (warmup > 0) {
          const before = schedule(warmup - 1e-6)
          expect(Math.abs(schedule(warmup) - before)).toBeLessThanOrEqual(run.learningRate * 2e-6)
          const [early, late] = [one, other].sort((a, b) => a - b).map((at) => at * warmup) as [number, number]
          expect(schedule(late)).toBeGreaterThanOrEqual(schedule(early) * (1 - 1e-12))
        }
        const peak = config.kind === 'one-cycle' ? warmup + 0.3 * (run.totalSteps - warmup) : warmup
        const [early, late] = [one, other].sort((a, b) => a - b).map((at) => peak + at * (run.totalSteps - peak)) as [number, number]
        expect(schedule(late)).toBeLessThanOrEqual(schedule(early) * (1 + 1e-12))
      }),
      FIXED,
    )
  })

  it('ends at its final share, and stays there', () => {
    fc.assert(
      fc.property(anyRun, share, ({ config, run }, final) => {
        if (config.kind !== 'cosine' && config.kind !== 'linear' && config.kind !== 'one-cycle') return
        const schedule = make({ ...config, final }, run)
        expect(schedule(run.totalSteps)).toBeCloseTo(run.learningRate * final, 12)
        expect(schedule(run.totalSteps * 3)).toBe(schedule(run.totalSteps))
      }),
      FIXED,
    )
  })

  it('scales with the learning rate', () => {
    fc.assert(
      fc.property(anyRun, share, ({ config, run }, at) => {
        const step = Math.floor(at * run.totalSteps)
        const doubled = make(config, { ...run, learningRate: 2 * run.learningRate })(step)
        expect(doubled).toBe(2 * make(config, run)(step))
      }),
      FIXED,
    )
  })
})

describe('what does not fit is told', () => {
  it.each(SCHEDULE_KINDS)('%s: a warm-up as long as the run or longer', (kind) => {
    expect(() => make({ kind, warmup: 1000 } as ScheduleInput)).toThrow(
      'schedule.warmup is 1000 steps, but the whole run has 1000: choose fewer, or train for more epochs',
    )
    expect(() => make({ kind, warmup: 999 } as ScheduleInput)(0)).not.toThrow()
  })

  it('milestones outside of the run, inside the warm-up, or out of order', () => {
    expect(() => make({ kind: 'step', milestones: [5, 10] })).toThrow(
      /milestones: epoch 10 is step 1000, not before the end of the run \(1000 steps\)/,
    )
    expect(() => make({ kind: 'step', milestones: [1], warmup: 101 })).toThrow(/epoch 1 is step 100, inside the warm-up of 101 steps/)
    expect(() => make({ kind: 'step', milestones: [5, 4] })).toThrow(/in rising order/)
    expect(() => make({ kind: 'step', milestones: [] })).toThrow(/one epoch at least/)
  })

  it('a run without steps, or a learning rate that is none', () => {
    expect(() => make({ kind: 'constant' }, { totalSteps: 0 })).toThrow(/totalSteps is 0/)
    expect(() => make({ kind: 'constant' }, { stepsPerEpoch: 1.5 })).toThrow(/stepsPerEpoch is 1.5/)
    expect(() => make({ kind: 'constant' }, { learningRate: Number.NaN })).toThrow(/learningRate is NaN/)
  })

  it('options of another schedule, or out of range', () => {
    const problem = (config: object): string =>
      scheduleSchema
        .safeParse(config)
        .error!.issues.map(({ path, message }) => `${path.join('.')} ${message}`)
        .join('; ')
    expect(problem({ kind: 'cosin' })).toBe('kind needs a kind: constant, step, cosine, linear, inverse-square-root, one-cycle')
    expect(problem({ kind: 'constant', final: 0 })).toContain('"final"')
    expect(problem({ kind: 'cosine', warmup: 1.5 })).toBe('warmup must be a whole number of steps')
    expect(problem({ kind: 'cosine', warmup: -1 })).toBe('warmup must be 0 or more')
    expect(problem({ kind: 'step', factor: 1 })).toBe('factor must be below 1')
    expect(problem({ kind: 'one-cycle', peakAt: 1 })).toBe('peakAt must be below 1')
  })

  it('and a JSON Schema for editors explains every option', () => {
    const schema = z.toJSONSchema(scheduleSchema, { io: 'input' }) as unknown as {
      oneOf: { properties: Record<string, { const?: string; description?: string }> }[]
    }
    expect(schema.oneOf.map(({ properties }) => properties['kind']!.const)).toEqual(SCHEDULE_KINDS)
    for (const { properties } of schema.oneOf)
      for (const [name, { description }] of Object.entries(properties)) if (name !== 'kind') expect(description, name).toMatch(/\.$/)
  })
})
