import { expect, it } from 'vitest'
import { histogram, image, text, track } from '../../trainer/index.ts'

const mistyped = (options: object) => options as Record<string, never>

it('says that an option of a histogram, image or text is mistyped', () => {
  const pixels = { width: 1, height: 1, data: [0] }
  expect(() => histogram([1], mistyped({ binz: 3 }))).toThrow('histogram: unknown key "binz": did you mean "bins"?')
  expect(() => image(pixels, mistyped({ captoin: 'a' }))).toThrow('image: unknown key "captoin": did you mean "caption"?')
  expect(() => text('a', mistyped({ markdown: true }))).toThrow('text: unknown key "markdown": the keys are format')
})

it('says that track needs a function before a run is made', async () => {
  await expect(track({ mode: 'disabled' }, 3 as never)).rejects.toMatchObject({
    code: 'invalid_option',
    message: expect.stringContaining('function'),
  })
})
