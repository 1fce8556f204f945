import type { PointBatch } from '../../db/store.ts'

/** Points of one transaction at most. Small enough to let other writers in, large enough to be fast. */
const CHUNK_MAX = 1 << 18
const CHUNK_MIN = 1 << 12
const BYTES_PER_POINT = 3 * Float64Array.BYTES_PER_ELEMENT + Uint32Array.BYTES_PER_ELEMENT

class Chunk {
  n = 0
  series: Uint32Array
  step: Float64Array
  wall: Float64Array
  value: Float64Array

  constructor(capacity: number) {
    this.series = new Uint32Array(capacity)
    this.step = new Float64Array(capacity)
    this.wall = new Float64Array(capacity)
    this.value = new Float64Array(capacity)
  }

  grow(): void {
    const bigger = new Chunk(this.series.length * 4)
    bigger.series.set(this.series)
    bigger.step.set(this.step)
    bigger.wall.set(this.wall)
    bigger.value.set(this.value)
    Object.assign(this, { series: bigger.series, step: bigger.step, wall: bigger.wall, value: bigger.value })
  }
}

/** Points on their way to the store, in arrival order: kept until a transaction with them is committed. */
export class PendingPoints {
  readonly #chunks: Chunk[] = []
  readonly #chunkMax: number
  #spare: Chunk | null = null
  /** Points waiting. */
  size = 0

  /** @param chunkMax points of one batch at most */
  constructor(chunkMax: number = CHUNK_MAX) {
    this.#chunkMax = chunkMax
  }

  get bytes(): number {
    return this.size * BYTES_PER_POINT
  }

  push(series: number, step: number, wall: number, value: number): void {
    let chunk = this.#chunks.at(-1)
    if (!chunk || chunk.n === this.#chunkMax) {
      chunk = this.#spare ?? new Chunk(CHUNK_MIN)
      this.#spare = null
      this.#chunks.push(chunk)
    } else if (chunk.n === chunk.series.length) chunk.grow()
    const at = chunk.n++
    chunk.series[at] = series
    chunk.step[at] = step
    chunk.wall[at] = wall
    chunk.value[at] = value
    this.size++
  }

  /** The oldest points as one batch; the arrays are views, valid until `shift`. */
  first(names: string[]): PointBatch | null {
    const chunk = this.#chunks[0]
    if (!chunk || chunk.n === 0) return null
    const { n } = chunk
    return {
      names,
      series: chunk.series.subarray(0, n),
      step: chunk.step.subarray(0, n),
      wall: chunk.wall.subarray(0, n),
      value: chunk.value.subarray(0, n),
    }
  }

  /** Forgets the oldest batch, once it is committed. */
  shift(): void {
    const chunk = this.#chunks.shift()
    if (!chunk) return
    this.size -= chunk.n
    chunk.n = 0
    this.#spare = chunk
  }

  clear(): void {
    while (this.#chunks.length > 0) this.shift()
  }
}
