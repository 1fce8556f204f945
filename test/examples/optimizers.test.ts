import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/optimizers.ts'
import { runLesson } from './run-lesson.ts'

it('shows that momentum outruns SGD, and moving averages the sums of AdaGrad', async () => {
  const { ended, lines, runs } = await runLesson(main, 0.25)
  const { sgd, momentum, nesterov, adagrad, rmsprop, adam } = ended
  // Ratios of the training losses over seeds 0, 1, 2: 0.35–0.39, 0.34–0.37; 0.38–0.46, 0.38–0.43.
  expect(momentum.trainLoss / sgd.trainLoss).toBeLessThan(0.6)
  expect(nesterov.trainLoss / sgd.trainLoss).toBeLessThan(0.6)
  expect(rmsprop.trainLoss / adagrad.trainLoss).toBeLessThan(0.65)
  expect(adam.trainLoss / adagrad.trainLoss).toBeLessThan(0.65)
  // A row for each below the heading, then the lesson with its numbers.
  expect(lines).toHaveLength(8)
  expect(lines.at(-1)).toContain(`${momentum.trainLoss.toFixed(3)} where plain SGD is at ${sgd.trainLoss.toFixed(3)}`)
  expect(runs.map(({ name, project, status }) => `${project}/${name} ${status}`).sort()).toEqual(
    Object.keys(ended)
      .map((name) => `lesson-optimizers/${name} finished`)
      .sort(),
  )
})
