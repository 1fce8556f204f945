import { expect, it } from 'vitest'
import { main } from '../../examples/lessons/transfer.ts'
import { runLesson } from './run-lesson.ts'

it('shows that features of other digits help where examples are few', async () => {
  const { ended, links } = await runLesson(main, 1)
  const gain = (name: 'frozen features' | 'fine-tuned') => ended[name].testAccuracy - ended['from scratch'].testAccuracy
  // Points above the 55–59 % from scratch, seeds 0, 1, 2: frozen 14–17, fine-tuned 5–18.
  expect(gain('frozen features')).toBeGreaterThan(0.05)
  expect(gain('fine-tuned')).toBeGreaterThan(0.02)
  // Both say where they come from, and the source which runs came of it.
  const { id } = ended.source.run
  for (const name of ['frozen features', 'fine-tuned']) expect(links.get(name)?.to).toMatchObject([{ role: 'checkpoint', run: { id } }])
  expect(links.get('from scratch')?.to).toEqual([])
  expect(links.get('source')?.from).toHaveLength(2)
})
