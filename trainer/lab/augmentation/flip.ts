import type { Augmentation } from './augmentation.ts'

/** Mirrors each image left and right with probability one half. */
export function flip(image: readonly [number, number, number]): Augmentation {
  const size = image[0] * image[1] * image[2]
  return {
    apply(inputs, _targets, n, random) {
      for (let example = 0; example < n; example++) if (random() < 0.5) flipImage(inputs.subarray(example * size, (example + 1) * size), image)
    },
  }
}

/** Mirrors one image in place; the channels of a pixel stay in order. */
export function flipImage(pixels: Float32Array, [height, width, channels]: readonly [number, number, number]): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < Math.floor(width / 2); x++)
      for (let channel = 0; channel < channels; channel++) {
        const left = (y * width + x) * channels + channel
        const right = (y * width + width - 1 - x) * channels + channel
        const pixel = pixels[left]!
        pixels[left] = pixels[right]!
        pixels[right] = pixel
      }
}
