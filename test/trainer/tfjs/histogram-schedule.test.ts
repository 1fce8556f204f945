import { describe, expect, it } from 'vitest'
import { HistogramSchedule } from '../../../trainer/tfjs/histogram-schedule.ts'

function stepsDue(schedule: HistogramSchedule, steps: number, total: number | null, first = 0): number[] {
  return [...Array(steps).keys()].map((step) => step + first).filter((step) => schedule.due(step, total))
}

describe('when a histogram is due', () => {
  it('is every 10 steps of a short run', () => {
    expect(stepsDue(new HistogramSchedule('auto', 0), 35, 35)).toEqual([0, 10, 20, 30])
  })

  it('is every n/200 steps of a run of known length: at most 200 columns', () => {
    const due = stepsDue(new HistogramSchedule('auto', 0), 100_000, 100_000)
    expect(due).toHaveLength(200)
    expect(due[1]).toBe(500)
  })

  it('thins out by doubling when the length is unknown', () => {
    const due = stepsDue(new HistogramSchedule('auto', 0), 40_960, null)
    expect(due.filter((step) => step < 2560)).toHaveLength(256)
    expect(due).toHaveLength(256 + 4 * 128)
    const gaps = due.slice(1).map((step, i) => step - due[i]!)
    expect(Math.max(...gaps)).toBe(160)
    expect(gaps.every((gap, i) => i === 0 || gap >= gaps[i - 1]! || gap % 10 === 0)).toBe(true)
  })

  it('follows a length that becomes known later', () => {
    const schedule = new HistogramSchedule('auto', 0)
    expect(stepsDue(schedule, 20, null)).toEqual([0, 10])
    expect(stepsDue(schedule, 100, 20_000, 100)).toEqual([100])
  })

  it('is what was asked for when a number was', () => {
    expect(stepsDue(new HistogramSchedule(7, 0), 20, 100_000)).toEqual([0, 7, 14])
  })

  it('counts the length from where the run goes on', () => {
    expect(stepsDue(new HistogramSchedule('auto', 10_000), 4_000, 14_000, 10_000)).toHaveLength(200)
  })
})
