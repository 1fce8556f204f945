/** Grey or colour pixels, row by row, channels together. */
export interface Raster {
  height: number
  width: number
  channels: number
  data: Float32Array
}

/** Resizes along each axis by itself: averages over the area of a target pixel where it shrinks, interpolates linearly where it grows. */
export function resize(image: Raster, height: number, width: number): Raster {
  const { channels } = image
  const narrowed = new Float32Array(image.height * width * channels)
  resample(image.data, narrowed, {
    lines: image.height,
    from: image.width,
    to: width,
    channels,
    lineStep: (length) => length * channels,
    pixelStep: () => channels,
  })
  const data = new Float32Array(height * width * channels)
  resample(narrowed, data, {
    lines: width,
    from: image.height,
    to: height,
    channels,
    lineStep: () => channels,
    pixelStep: () => width * channels,
  })
  return { height, width, channels, data }
}

interface Axis {
  lines: number
  from: number
  to: number
  channels: number
  /** Distance in the data between lines that are `length` long, and between neighbours on a line. */
  lineStep(length: number): number
  pixelStep(): number
}

function resample(source: Float32Array, target: Float32Array, { lines, from, to, channels, lineStep, pixelStep }: Axis): void {
  const step = pixelStep()
  for (let pixel = 0; pixel < to; pixel++) {
    const { first, weights } = contributions(pixel, from, to)
    for (let line = 0; line < lines; line++)
      for (let channel = 0; channel < channels; channel++) {
        let sum = 0
        for (let i = 0; i < weights.length; i++) sum += weights[i]! * source[line * lineStep(from) + (first + i) * step + channel]!
        target[line * lineStep(to) + pixel * step + channel] = sum
      }
  }
}

/** The source pixels, from `first` on, that make up target pixel `pixel`; their weights add up to 1. */
export function contributions(pixel: number, from: number, to: number): { first: number; weights: number[] } {
  const ratio = from / to
  if (ratio > 1) {
    const start = pixel * ratio
    const end = Math.min(from, start + ratio)
    const first = Math.floor(start)
    const weights: number[] = []
    for (let i = first; i < end - 1e-9; i++) weights.push(Math.min(i + 1, end) - Math.max(i, start))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return { first, weights: weights.map((weight) => weight / total) }
  }
  // Centres of pixels lie at one half; beyond the last centre the edge goes on.
  const centre = Math.min(from - 1, Math.max(0, (pixel + 0.5) * ratio - 0.5))
  const first = Math.floor(centre)
  const share = centre - first
  return share === 0 ? { first, weights: [1] } : { first, weights: [1 - share, share] }
}
