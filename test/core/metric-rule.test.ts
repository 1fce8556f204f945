import { expect, test } from 'vitest'
import { goalFor, ruleFor } from '../../core/metric-rule.ts'

test('an exact name wins over a glob, a longer glob over a shorter, field by field', () => {
  const rules = [
    { pattern: '*', unit: 'x', goal: 'max' as const },
    { pattern: 'val/*', step: 'epoch' },
    { pattern: 'val/loss', goal: 'min' as const },
  ]
  expect(ruleFor(rules, 'val/loss')).toEqual({ step: 'epoch', goal: 'min', unit: 'x' })
  expect(ruleFor(rules, 'val/acc')).toEqual({ step: 'epoch', goal: 'max', unit: 'x' })
  expect(ruleFor(rules.slice(1), 'train/loss')).toEqual({ step: undefined, goal: undefined, unit: undefined })
})

test('stars match any run of characters, and only whole names match', () => {
  const fits = (pattern: string, name: string) => ruleFor([{ pattern, unit: 'u' }], name).unit === 'u'
  expect(fits('update-ratio/*', 'update-ratio/conv1/kernel')).toBe(true)
  expect(fits('*/loss', 'train/loss')).toBe(true)
  expect(fits('a*b*c', 'a-b-b-c')).toBe(true)
  expect(fits('a*b*c', 'a-c')).toBe(false)
  expect(fits('ab*ba', 'aba')).toBe(false)
  expect(fits('val/*', 'xval/loss')).toBe(false)
  expect(fits('loss', 'loss2')).toBe(false)
  expect(fits('val.loss', 'val/loss')).toBe(false)
})

test('without a rule the goal is read off the name', () => {
  expect(goalFor([], 'val/accuracy')).toBe('max')
  expect(goalFor([{ pattern: 'val/*', goal: 'min' }], 'val/accuracy')).toBe('min')
  expect(goalFor([], 'lr')).toBeNull()
})
