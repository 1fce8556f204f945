import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/dead-relu.ts'
import { runLesson } from './run-lesson.ts'

it('shows that ReLUs die at a rate that is too high, where leaky ones go on learning', async () => {
  const { ended } = await runLesson(main, 1)
  // Share of dead units, seeds 0, 1, 2: 0.94–1 at the high rate, 0.02–0.06 at the low one.
  expect(ended.dead.high).toBeGreaterThan(0.6)
  expect(ended.dead.low).toBeLessThan(0.2)
  // Test accuracy at the high rate: ReLU 10–27 %, leaky 47–73 %.
  expect(ended['leaky, rate 0.1'].testAccuracy - ended['relu, rate 0.1'].testAccuracy).toBeGreaterThan(0.1)
})
