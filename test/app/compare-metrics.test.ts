import { describe, expect, it } from 'vitest'
import { metricDifference } from '../../app/_compare/metric-difference.ts'
import { metricFilter } from '../../core/metric-filter.ts'

describe('metricDifference', () => {
  it('gives shares in percentage points', () => {
    expect(metricDifference('val/accuracy', 0.9312, 0.927, 'max')).toEqual({ text: '+0.42 pp', better: true })
    expect(metricDifference('val/accuracy', 0.9, 0.95, 'max')).toEqual({ text: '−5 pp', better: false })
  })

  it('gives everything else absolute and relative, better by its goal', () => {
    expect(metricDifference('val/loss', 0.3, 0.4, 'min')).toEqual({ text: '−0.1 (−25 %)', better: true })
    expect(metricDifference('val/accuracy', 93.1, 92.7, 'max')).toEqual({ text: '+0.4 (+0.43 %)', better: true })
    expect(metricDifference('lr', 0.2, 0.1, null)?.better).toBeNull()
  })

  it('does not divide by a baseline of zero, nor call no change better', () => {
    expect(metricDifference('train/loss', 0.5, 0, 'min')).toEqual({ text: '+0.5', better: false })
    expect(metricDifference('train/loss', 0.5, 0.5, 'min')).toEqual({ text: '±0 (±0 %)', better: null })
    expect(metricDifference('reward', 5, -10, 'max')).toEqual({ text: '+15 (+150 %)', better: true })
  })

  it('states no difference to or from what is not finite', () => {
    expect(metricDifference('train/loss', Number.NaN, 1, 'min')).toBeNull()
    expect(metricDifference('train/loss', 1, Number.POSITIVE_INFINITY, 'min')).toBeNull()
  })
})

describe('metricFilter', () => {
  it('matches by regular expression without case', () => {
    const { matches, problem } = metricFilter('^Val/(loss|acc)')
    expect([matches('val/loss'), matches('val/accuracy'), matches('train/loss'), problem]).toEqual([true, true, false, null])
  })

  it('says why a pattern is invalid and shows everything meanwhile', () => {
    const { matches, problem } = metricFilter('loss(')
    expect(problem).toMatch(/^Not a valid pattern: Unterminated group/)
    expect(matches('anything')).toBe(true)
  })

  it('lets everything through when empty', () => {
    expect(metricFilter('  ').matches('x')).toBe(true)
  })
})
