import type { Augmentation } from './augmentation.ts'

/** Paints a black square of `side` pixels whose centre may be any pixel: at the border part of it lies outside (DeVries and Taylor, 2017). */
export function cutout([height, width, channels]: readonly [number, number, number], side: number): Augmentation {
  const size = height * width * channels
  const half = Math.floor(side / 2)
  return {
    apply(inputs, _targets, n, random) {
      for (let example = 0; example < n; example++) {
        const top = Math.floor(random() * height) - half
        const left = Math.floor(random() * width) - half
        const from = Math.max(0, left)
        const to = Math.min(width, left + side)
        for (let y = Math.max(0, top); y < Math.min(height, top + side); y++) {
          const line = example * size + y * width * channels
          inputs.fill(0, line + from * channels, line + to * channels)
        }
      }
    },
  }
}
