import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import type { Raster } from './resize.ts'

export interface DecodedImage {
  raster: Raster
  /** Some pixel was not opaque: it was put on black. */
  transparent: boolean
}

/**
 * PNG or JPEG, told apart by content, as pixels from 0 to 255: three channels, or one grey (ITU-R BT.601 luma). Throws what the decoder
 * throws. Rotation noted in a photo's EXIF data is not applied.
 */
export function decodeImage(bytes: Buffer, channels: 1 | 3): DecodedImage {
  const isPng = bytes.length > 8 && bytes.readUInt32BE(0) === 0x89504e47
  const isJpeg = bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8
  if (!isPng && !isJpeg) throw new Error('it is neither PNG nor JPEG')
  const { width, height, data } = isPng ? PNG.sync.read(bytes) : jpeg.decode(bytes, { useTArray: true, formatAsRGBA: true, tolerantDecoding: false })
  const pixels = width * height
  const out = new Float32Array(pixels * channels)
  let transparent = false
  for (let i = 0; i < pixels; i++) {
    const alpha = data[4 * i + 3]! / 255
    if (alpha < 1) transparent = true
    const red = data[4 * i]! * alpha
    const green = data[4 * i + 1]! * alpha
    const blue = data[4 * i + 2]! * alpha
    if (channels === 1) out[i] = 0.299 * red + 0.587 * green + 0.114 * blue
    else {
      out[3 * i] = red
      out[3 * i + 1] = green
      out[3 * i + 2] = blue
    }
  }
  return { raster: { width, height, channels, data: out }, transparent }
}
