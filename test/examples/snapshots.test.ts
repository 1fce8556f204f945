import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/snapshots.ts'
import { runLesson } from './run-lesson.ts'

it('shows that the mean of snapshots is right more often than they are on average', async () => {
  const { ended, links } = await runLesson(main, 0.5)
  const { accuracy, ensemble, single } = ended
  expect(ensemble.members).toHaveLength(6)
  // Points above the mean of the members, seeds 0, 1, 2: 4.4, 5.0, 6.4.
  expect(accuracy.ensemble - accuracy.mean).toBeGreaterThan(0.01)
  // The loss of averaged probabilities cannot be above the average loss, whatever the members are.
  const losses = ensemble.members.map(({ metrics }) => metrics['test/loss'] ?? Number.NaN)
  expect(ensemble.metrics['test/loss']).toBeLessThan(losses.reduce((sum, value) => sum + value, 0) / losses.length)
  expect(links.get('ensemble of its snapshots')?.to.map(({ run, role }) => [run.id, role])).toEqual(
    Array.from({ length: 6 }, () => [single.run.id, 'member']),
  )
})
