import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/residual.ts'
import { runLesson } from './run-lesson.ts'

it('shows that depth hurts the training of a plain network, and not that of a residual one', async () => {
  const { ended } = await runLesson(main, 0.5)
  const loss = (name: keyof typeof ended) => ended[name].trainLoss
  // On the digits trained on, seeds 0, 1, 2: the deep plain network is 0.22–0.53 above the shallow one,
  expect(loss('plain, 29 layers') - loss('plain, 5 layers')).toBeGreaterThan(0.08)
  // and the deep residual network comes to 0.30–0.54 of its loss, below the shallow residual one.
  expect(loss('residual, 29 layers') / loss('plain, 29 layers')).toBeLessThan(0.75)
  expect(loss('residual, 29 layers')).toBeLessThan(loss('residual, 5 layers'))
})
