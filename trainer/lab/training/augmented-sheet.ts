import type { Pixels } from '../../image/image.ts'
import { imageShape } from '../data/examples.ts'
import type { LabSession } from './lab-session.ts'

const ROWS = 4
const COLUMNS = 8
const GAP = 2

/** The first examples of the first step as the augmentation leaves them, before preprocessing; null for data without images, or no augmentation. */
export function augmentedSheet({ dataset, batches, config }: LabSession): { pixels: Pixels; caption: string } | null {
  const shape = imageShape(dataset.train.shape)
  const { shiftFill: _, ...changes } = config.augment
  const active = Object.entries(changes).filter(([, amount]) => amount !== false && amount !== 0)
  if (!shape || active.length === 0) return null
  const { inputs, n } = batches.augmented(0)
  const count = Math.min(n, ROWS * COLUMNS)
  const what = active.map(([name, amount]) => (amount === true ? name : `${name} ${amount}`)).join(', ')
  return { pixels: sheet(inputs, shape, count), caption: `${count} examples of the first step, augmented: ${what}` }
}

/** Images from 0 to 1 side by side; channels other than 1 or 3 show the first. */
function sheet(inputs: Float32Array, [height, width, channels]: [number, number, number], count: number): Pixels {
  const shown = channels === 3 ? 3 : 1
  const columns = Math.min(COLUMNS, count)
  const rows = Math.ceil(count / columns)
  const sheetWidth = columns * (width + GAP) - GAP
  const sheetHeight = rows * (height + GAP) - GAP
  const data = new Float32Array(sheetWidth * sheetHeight * shown)
  for (let example = 0; example < count; example++) {
    const left = (example % columns) * (width + GAP)
    const top = Math.floor(example / columns) * (height + GAP)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let channel = 0; channel < shown; channel++)
          data[((top + y) * sheetWidth + left + x) * shown + channel] = inputs[((example * height + y) * width + x) * channels + channel]!
  }
  return { width: sheetWidth, height: sheetHeight, channels: shown, data }
}
