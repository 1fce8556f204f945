import { describe, expect, it } from 'vitest'
import { surplus } from '../../../../trainer/lab/training/checkpoint-keeper.ts'
import { afterEvaluation, NOTHING_YET } from '../../../../trainer/lab/training/early-stopping.ts'
import { loopPlan } from '../../../../trainer/lab/training/loop-plan.ts'

describe('loopPlan', () => {
  const at = (plan: ReturnType<typeof loopPlan>, every: number | null) =>
    Array.from({ length: plan.totalSteps }, (_, step) => step).filter((step) => plan.reaches(step, every))

  it('counts steps from epochs, whole or not, up to the most that may be', () => {
    expect(loopPlan(10, { epochs: 2.55, maxSteps: null }).totalSteps).toBe(26)
    expect(loopPlan(10, { epochs: 3, maxSteps: 7 }).totalSteps).toBe(7)
    expect(loopPlan(10, { epochs: 0.001, maxSteps: null }).totalSteps).toBe(1)
  })

  it('reaches a multiple of the period at its last step, also of fractions that floating point cannot hold', () => {
    const plan = loopPlan(10, { epochs: 3, maxSteps: null })
    expect(at(plan, 1)).toEqual([9, 19, 29])
    expect(at(plan, 0.1)).toHaveLength(30)
    expect(at(plan, 0.3)).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29])
    expect(at(plan, 0.25)).toEqual([2, 4, 7, 9, 12, 14, 17, 19, 22, 24, 27, 29])
    expect(at(plan, 0.001)).toHaveLength(30)
    expect(at(plan, null)).toEqual([])
  })

  it('compares the modes once an epoch, on a batch that is full where there is one', () => {
    const compared = (stepsPerEpoch: number, epochs: number) => {
      const plan = loopPlan(stepsPerEpoch, { epochs, maxSteps: null })
      return Array.from({ length: plan.totalSteps }, (_, step) => step).filter((step) => plan.comparesModes(step))
    }
    expect(compared(10, 2)).toEqual([8, 18])
    expect(compared(1, 3)).toEqual([0, 1, 2])
    expect(compared(10, 0.5)).toEqual([3])
  })
})

describe('afterEvaluation', () => {
  const run = (values: number[], goal: 'min' | 'max', minDelta = 0) =>
    values.reduce((state, value, step) => afterEvaluation(state, { value, step }, { goal, minDelta }).best, NOTHING_YET)

  it('remembers the best and counts the evaluations since', () => {
    expect(run([3, 2, 2, 5], 'min')).toEqual({ value: 2, step: 1, waited: 2 })
    expect(run([3, 2, 5], 'max')).toEqual({ value: 5, step: 2, waited: 0 })
  })

  it('needs more than minDelta, against the best and not the last', () => {
    expect(run([3, 2.75, 2.5], 'min', 0.5)).toEqual({ value: 3, step: 0, waited: 2 })
    expect(run([3, 2.75, 2.25], 'min', 0.5)).toEqual({ value: 2.25, step: 2, waited: 0 })
  })

  it('takes no number that is none for an improvement', () => {
    expect(run([Number.NaN, Number.NaN], 'min')).toEqual({ value: null, step: null, waited: 2 })
    expect(run([1, Number.NEGATIVE_INFINITY, Number.NaN], 'min')).toEqual({ value: 1, step: 0, waited: 2 })
  })
})

describe('surplus', () => {
  const kept = [0.5, 0.9, Number.NaN, 0.9, 0.7].map((score, index) => ({ step: (index + 1) * 10, score, snapshot: index === 2 }))
  const rule = { keepLast: 1, keepBest: 1, metric: 'val/accuracy' } as const

  it('spares the newest, the best (the earlier of equals) and every snapshot', () => {
    expect(surplus(kept, rule)).toEqual([10, 40])
    expect(surplus(kept, { ...rule, keepLast: 2 })).toEqual([10])
    expect(surplus(kept, { ...rule, keepBest: 0 })).toEqual([10, 20, 40])
  })

  it('takes small losses for good', () => {
    expect(surplus(kept, { ...rule, metric: 'val/loss' })).toEqual([20, 40])
  })
})
