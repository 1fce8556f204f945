import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/initialisation.ts'
import { runLesson } from './run-lesson.ts'

const CHANCE = Math.log(10)

it('shows that depth needs an initialisation that keeps the variance', async () => {
  const { ended } = await runLesson(main, 0.67)
  // Over seeds 0, 1, 2 with ten layers: MSRA 0.49–0.63, Xavier with tanh 0.42–0.52, plain Gaussian and constant 2.30.
  expect(ended['relu × 10, msra'].trainLoss).toBeLessThan(1.2)
  expect(ended['tanh × 10, xavier'].trainLoss).toBeLessThan(1.2)
  for (const name of ['relu × 10, gaussian', 'tanh × 10, gaussian', 'relu × 10, constant', 'tanh × 10, constant'] as const) {
    expect(Math.abs(ended[name].trainLoss - CHANCE)).toBeLessThan(0.05)
    expect(ended[name].testAccuracy).toBeLessThan(0.2)
  }
  // Xavier keeps only half of the variance through a ReLU: 2.03–2.19.
  expect(ended['relu × 10, xavier'].trainLoss - ended['relu × 10, msra'].trainLoss).toBeGreaterThan(0.7)
  // The plain Gaussian does well when there is one layer (82–86 % of the test digits), a constant not even then (19–22 %).
  expect(ended['relu × 1, gaussian'].testAccuracy).toBeGreaterThan(0.7)
  expect(ended['tanh × 1, gaussian'].testAccuracy).toBeGreaterThan(0.7)
  expect(ended['relu × 1, constant'].testAccuracy).toBeLessThan(0.3)
  expect(ended['tanh × 1, constant'].testAccuracy).toBeLessThan(0.3)
})
