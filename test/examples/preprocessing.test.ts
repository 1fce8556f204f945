import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/preprocessing.ts'
import { runLesson } from './run-lesson.ts'

it('shows that standardised inputs train a network of sigmoids faster than raw ones', async () => {
  const { ended } = await runLesson(main, 0.67)
  // Share of the training loss on raw grey values, seeds 0, 1, 2: standardised 0.38–0.46; of the test digits 23–25 % more are right.
  expect(ended.standardise.trainLoss / ended.raw.trainLoss).toBeLessThan(0.7)
  expect(ended.standardise.testAccuracy - ended.raw.testAccuracy).toBeGreaterThan(0.05)
})
