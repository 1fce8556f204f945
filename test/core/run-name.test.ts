import { expect, test } from 'vitest'
import { makeRunName } from '../../core/run-name.ts'

test('is adjective-animal-number for every random number', () => {
  for (const random of [0, 0.25, 0.5, 0.999999999]) expect(makeRunName(12, () => random)).toMatch(/^[a-z]+-[a-z]+-12$/)
})
