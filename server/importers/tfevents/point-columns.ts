import type { PointBatch } from '../../../db/store.ts'

const ROOM = 65_536

/** Points waiting to be stored, in the columns the store takes. */
export class PointColumns {
  count = 0
  private readonly series = new Uint32Array(ROOM)
  private readonly step = new Float64Array(ROOM)
  private readonly wall = new Float64Array(ROOM)
  private readonly value = new Float64Array(ROOM)

  /** No room for as many more. */
  isFull(more: number): boolean {
    return this.count + more > ROOM
  }

  add(series: number, step: number, wall: number, value: number): void {
    const at = this.count++
    this.series[at] = series
    this.step[at] = step
    this.wall[at] = wall
    this.value[at] = value
  }

  /** What is waiting; valid until `clear`. */
  batch(names: string[]): PointBatch {
    const { count } = this
    const part = <Column extends Float64Array | Uint32Array>(column: Column) => column.subarray(0, count) as Column
    return { names, series: part(this.series), step: part(this.step), wall: part(this.wall), value: part(this.value) }
  }

  clear(): void {
    this.count = 0
  }
}

/** Values of one event that are more than fit at once are no event of a training: nobody logs so many tags in one record. */
export const VALUES_MAX = ROOM
