import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/batch-norm.ts'
import { runLesson } from './run-lesson.ts'

it('shows that batch norm lets a network learn at rates that are too high without it', async () => {
  const { ended, runs } = await runLesson(main, 0.34)
  // Test accuracy over seeds 0, 1, 2. At 0.1 without: 80–85 %. At 1 without: at most 10.3 %, with: 88–90 %. At 3 with: 79–87 %.
  expect(ended['none, rate 0.1'].testAccuracy).toBeGreaterThan(0.65)
  expect(ended['none, rate 1'].testAccuracy).toBeLessThan(0.2)
  expect(ended['none, rate 3'].testAccuracy).toBeLessThan(0.2)
  expect(ended['batch, rate 1'].testAccuracy).toBeGreaterThan(0.75)
  expect(ended['batch, rate 3'].testAccuracy).toBeGreaterThan(0.55)
  // A loss that is no number ends the run early, and is said to be none.
  expect(ended['none, rate 3'].trainLoss).toBeNaN()
  expect(runs.find(({ name }) => name === 'none, rate 3')?.summary).toMatchObject({ stopReason: 'non-finite-loss' })
})
