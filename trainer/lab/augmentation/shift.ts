import type { Augmentation } from './augmentation.ts'

export type Fill = 'zero' | 'edge'

/** Moves each image by a whole number of pixels in [−most, most], each way and each axis by itself. */
export function shift(image: readonly [number, number, number], most: number, fill: Fill): Augmentation {
  const size = image[0] * image[1] * image[2]
  const before = new Float32Array(size)
  const amount = (random: () => number) => Math.floor(random() * (2 * most + 1)) - most
  return {
    apply(inputs, _targets, n, random) {
      for (let example = 0; example < n; example++) {
        const down = amount(random)
        const right = amount(random)
        if (down === 0 && right === 0) continue
        const pixels = inputs.subarray(example * size, (example + 1) * size)
        before.set(pixels)
        shiftImage(before, pixels, image, down, right, fill)
      }
    },
  }
}

/** Writes `from`, moved down and right (negative: up and left), into `to`. Pixels that leave are lost. */
export function shiftImage(
  from: Float32Array,
  to: Float32Array,
  [height, width, channels]: readonly [number, number, number],
  down: number,
  right: number,
  fill: Fill,
): void {
  const line = width * channels
  const moved = right * channels
  for (let y = 0; y < height; y++) {
    const sourceY = fill === 'edge' ? Math.min(height - 1, Math.max(0, y - down)) : y - down
    const start = y * line
    if (sourceY < 0 || sourceY >= height) {
      to.fill(0, start, start + line)
      continue
    }
    const source = sourceY * line
    const first = Math.min(line, Math.max(0, moved))
    const last = Math.max(0, Math.min(line, line + moved))
    for (let i = first; i < last; i++) to[start + i] = from[source + i - moved]!
    for (let i = 0; i < first; i++) to[start + i] = fill === 'edge' ? from[source + (i % channels)]! : 0
    for (let i = last; i < line; i++) to[start + i] = fill === 'edge' ? from[source + line - channels + (i % channels)]! : 0
  }
}
