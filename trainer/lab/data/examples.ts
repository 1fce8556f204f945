import type { JsonObject } from '../../../core/run.ts'

/** Labelled examples, row after row. Never changed once made. */
export interface Examples {
  /** Of one example: `[height, width, channels]` for images, `[features]` for tables. */
  shape: number[]
  /** `n × size` raw values. Bytes are pixels: they are read as 0 to 1 (divided by 255). Floats are read as they are. */
  inputs: Float32Array | Uint8Array
  /** Class of each example, an index into `Dataset.classes`. */
  labels: Int32Array
  n: number
}

export interface Dataset {
  name: string
  classes: string[]
  task: 'classification'
  /** Whether an example is an image. */
  image: boolean
  train: Examples
  /** `n` is 0 when the split asks for none. */
  validation: Examples
  test: Examples
  /** SHA-256 of each split: its inputs in order, then its labels. */
  hashes: { train: string; validation: string; test: string }
  /** Where the data came from, counts, class counts, and everything that was left out, filled in or flipped. */
  facts: JsonObject
}

/** Values of one example. */
export function exampleSize(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

/** Shape of an image `[height, width, channels]`, else null. */
export function imageShape(shape: readonly number[]): [height: number, width: number, channels: number] | null {
  return shape.length === 3 ? [shape[0]!, shape[1]!, shape[2]!] : null
}

/** What one stored unit stands for: bytes are pixels from 0 to 1. */
export function unitOf(inputs: Examples['inputs']): number {
  return inputs instanceof Uint8Array ? 1 / 255 : 1
}

/** The raw inputs at these positions, one after the other, as the preprocessing takes them: pixels from 0 to 1. */
export function rawRows(examples: Examples, positions: ArrayLike<number>): Float32Array {
  const size = exampleSize(examples.shape)
  const { inputs } = examples
  const rows = new Float32Array(positions.length * size)
  for (let row = 0; row < positions.length; row++) {
    const from = positions[row]! * size
    if (inputs instanceof Uint8Array) readPixels(inputs, from, rows, row * size, size)
    else rows.set(inputs.subarray(from, from + size), row * size)
  }
  return rows
}

/** Apart from floats: a loop that sees one kind of array only is several times as fast. */
function readPixels(bytes: Uint8Array, from: number, rows: Float32Array, to: number, size: number): void {
  for (let i = 0; i < size; i++) rows[to + i] = bytes[from + i]! / 255
}

/** The examples at these positions, copied. */
export function selectExamples(examples: Examples, positions: ArrayLike<number>): Examples {
  const size = exampleSize(examples.shape)
  const n = positions.length
  const inputs = examples.inputs instanceof Uint8Array ? new Uint8Array(n * size) : new Float32Array(n * size)
  const labels = new Int32Array(n)
  for (let row = 0; row < n; row++) {
    const from = positions[row]! * size
    inputs.set(examples.inputs.subarray(from, from + size), row * size)
    labels[row] = examples.labels[positions[row]!]!
  }
  return { shape: [...examples.shape], inputs, labels, n }
}

/** How many examples each class has. */
export function classCounts(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]!++
  return counts
}
