import type { Pixels } from '../../trainer/index.ts'
import { DIGIT_PIXELS, DIGIT_SIZE, type Digits } from '../../trainer/lab/data/mnist-files.ts'

/** Digits side by side in rows, as grey pixels with a line of two pixels between them. */
export function digitSheet(digits: Digits, positions: ArrayLike<number>, perRow: number): Pixels {
  const cell = DIGIT_SIZE + 2
  const width = perRow * cell
  const height = Math.max(1, Math.ceil(positions.length / perRow)) * cell
  const data = new Uint8Array(width * height)
  for (let i = 0; i < positions.length; i++) {
    const left = (i % perRow) * cell + 1
    const top = Math.floor(i / perRow) * cell + 1
    for (let row = 0; row < DIGIT_SIZE; row++) {
      const start = positions[i]! * DIGIT_PIXELS + row * DIGIT_SIZE
      data.set(digits.pixels.subarray(start, start + DIGIT_SIZE), (top + row) * width + left)
    }
  }
  return { width, height, data }
}
