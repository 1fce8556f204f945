import { LossboardError } from '../../core/errors.ts'
import type { Points } from '../../core/span.ts'
import type { PointBatch } from '../store.ts'
import { scratchPoints } from './scratch-points.ts'

/** The points of a batch sorted by series, order of arrival kept: series i holds points[start[i]] to points[start[i + 1]]. */
export interface GroupedPoints {
  points: Points
  start: Uint32Array
}

function refuse(batch: PointBatch, i: number): never {
  const name = batch.names[batch.series[i]!]
  if (name === undefined) throw new LossboardError('invalid_argument', `point ${i} names series ${batch.series[i]} of ${batch.names.length}`)
  if (!Number.isFinite(batch.step[i]!)) throw new LossboardError('invalid_step', `"${name}": step ${batch.step[i]} is not a finite number`)
  throw new LossboardError('invalid_value', `"${name}" at step ${batch.step[i]}: wall time ${batch.wall[i]} is not a finite number`)
}

/** Counting sort: two passes, no object per point; the columns are scratch. Throws on a step or wall time that is not finite, before anything is stored. */
export function groupPoints(batch: PointBatch): GroupedPoints {
  const { names, series, step, wall, value } = batch
  const n = step.length
  if (series.length !== n || wall.length !== n || value.length !== n)
    throw new LossboardError(
      'invalid_argument',
      `columns differ in length: ${series.length} series, ${n} steps, ${wall.length} walls, ${value.length} values`,
    )
  if (new Set(names).size !== names.length)
    throw new LossboardError('invalid_argument', `a batch names each series once, got ${names.join(', ').slice(0, 200)}`)
  const start = new Uint32Array(names.length + 1)
  for (let i = 0; i < n; i++) {
    const which = series[i]!
    // x - x is 0 only for finite x.
    if (which >= names.length || step[i]! - step[i]! !== 0 || wall[i]! - wall[i]! !== 0) refuse(batch, i)
    start[which + 1]!++
  }
  for (let i = 0; i < names.length; i++) start[i + 1]! += start[i]!
  const next = start.slice()
  const points = scratchPoints.take(n)
  for (let i = 0; i < n; i++) {
    const at = next[series[i]!]!++
    // + 0 turns a step of −0 into 0, which is what every column of steps can hold.
    points.step[at] = step[i]! + 0
    points.wall[at] = wall[i]! + 0
    points.value[at] = value[i]!
  }
  return { points, start }
}
