import { describe, expect, it } from 'vitest'
import { SCHEDULES } from '../../../cli/demo/experiments.ts'
import { TimeBudget } from '../../../cli/demo/time-budget.ts'

describe('the time limit of the demo', () => {
  it('lets runs train in full where there is time', () => {
    const budget = new TimeBudget(100, () => 0)
    expect(budget.share(10, 50)).toEqual({ share: 1, deadline: 100 / 6 })
  })

  it('shortens runs once the machine proves slow, and keeps within the limit', () => {
    let now = 0
    const budget = new TimeBudget(100, () => now)
    const runs = [10, 10, 10, 10]
    const slowness = 5
    let later = 40
    for (const seconds of runs) {
      later -= seconds
      const { share, deadline } = budget.share(seconds, later)
      const started = now
      now = Math.min(now + seconds * share * slowness, deadline)
      budget.took(now - started, (now - started) / slowness)
    }
    expect(now).toBeLessThanOrEqual(100)
    expect(now).toBeGreaterThan(70)
  })

  it('never promises more than the limit', () => {
    let now = 0
    const budget = new TimeBudget(10, () => now)
    budget.took(100, 1)
    now = 4
    expect(budget.secondsLeft(50)).toBe(6)
  })
})

describe('learning rate schedules', () => {
  it('begin and end where they should', () => {
    expect([0, 0.59, 0.6, 0.84, 0.85, 1].map(SCHEDULES.step)).toEqual([1, 1, 0.2, 0.2, 0.04, 0.04])
    expect(SCHEDULES['warm-up-cosine'](0, 0)).toBeCloseTo(1 / 50, 10)
    expect(SCHEDULES['warm-up-cosine'](0.5, 600)).toBeCloseTo(0.51, 10)
    expect(SCHEDULES['warm-up-cosine'](1, 1200)).toBeCloseTo(0.02, 10)
  })
})
