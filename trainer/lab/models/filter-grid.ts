import type { Pixels } from '../../image/image.ts'

/** Filters as pictures: filter after filter, each row by row with the channels of a pixel together. */
export interface Filters {
  count: number
  height: number
  width: number
  channels: number
  values: Float32Array
}

/** `each`: every filter has its own black and white, which shows its shape. `all`: one scale for all, which shows which are strong. */
export type FilterScale = 'each' | 'all'

export interface FilterGrid {
  pixels: Pixels
  /** Black and white of the common scale; null when each filter has its own, or no weight is finite. */
  range: { low: number; high: number } | null
  /** Weights that are NaN or infinite: drawn black, left out of the scale. */
  notFinite: number
}

/** A filter is drawn at least this many pixels wide and high. */
const LEAST_SIDE = 48
const GAP = 2
const MIDDLE_GREY = 128

/**
 * The filters side by side: three channels as colours, one as grey; any other number as a row of grey pictures per filter, one per
 * channel. Between them is nothing (transparent), so that the sheet fits a light and a dark page.
 */
export function filterGrid(filters: Filters, scale: FilterScale): FilterGrid {
  const { count, height, width, channels, values } = filters
  const inColour = channels === 3
  const perRow = inColour || channels === 1 ? Math.ceil(Math.sqrt(count)) : channels
  const tiles = inColour ? count : count * channels
  const zoom = Math.max(1, Math.ceil(LEAST_SIDE / Math.max(height, width)))
  const tile = { width: width * zoom + GAP, height: height * zoom + GAP }
  const sheet = { width: perRow * tile.width - GAP, height: Math.ceil(tiles / perRow) * tile.height - GAP }
  const samples = inColour ? 4 : 2
  const data = new Uint8Array(sheet.width * sheet.height * samples)
  const size = height * width * channels
  const common = scale === 'all' ? range(values) : null
  for (let index = 0; index < tiles; index++) {
    const filter = inColour ? index : Math.floor(index / channels)
    const first = filter * size + (inColour ? 0 : index % channels)
    const { low, high } = common ?? range(values.subarray(filter * size, (filter + 1) * size))
    const left = (index % perRow) * tile.width
    const top = Math.floor(index / perRow) * tile.height
    for (let y = 0; y < height * zoom; y++)
      for (let x = 0; x < width * zoom; x++) {
        const from = first + (Math.floor(y / zoom) * width + Math.floor(x / zoom)) * channels
        const to = ((top + y) * sheet.width + left + x) * samples
        for (let sample = 0; sample < samples - 1; sample++) data[to + sample] = grey(values[from + sample]!, low, high)
        data[to + samples - 1] = 255
      }
  }
  const finite = common && common.low <= common.high ? common : null
  return { pixels: { ...sheet, channels: samples, data }, range: finite, notFinite: values.filter((value) => !Number.isFinite(value)).length }
}

function range(values: Float32Array): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return { low, high }
}

function grey(value: number, low: number, high: number): number {
  if (!Number.isFinite(value)) return 0
  return high > low ? Math.round((255 * (value - low)) / (high - low)) : MIDDLE_GREY
}
