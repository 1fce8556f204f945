import type { ChartRequest } from '../../../core/chart.ts'
import type { NewRun, PointBatch, Store } from '../../../db/store.ts'

/** What a dialect gives the contract suite. */
export interface StoreUnderTest {
  store: Store
  /** Another connection to the same data, as another process has. Closed with the rest. */
  another(): Promise<Store>
  close(): Promise<void>
}

export type MakeStore = () => Promise<StoreUnderTest>

export const WALL = 1_700_000_000_000

export function newRun(id: string, fields: Partial<NewRun> = {}): NewRun {
  return {
    id,
    project: 'mnist',
    name: null,
    group: null,
    jobType: null,
    tags: [],
    notes: '',
    startedAt: WALL,
    config: {},
    environment: {},
    seed: null,
    parentId: null,
    forkStep: null,
    writerVersion: '0.1.0',
    ...fields,
  }
}

export type Row = [name: string, step: number, value: number, wall?: number]

/** A batch of points in the order given; wall times default to one second a row. */
export function batch(rows: Row[]): PointBatch {
  const names = [...new Set(rows.map((row) => row[0]))]
  return {
    names,
    series: Uint32Array.from(rows, (row) => names.indexOf(row[0])),
    step: Float64Array.from(rows, (row) => row[1]),
    wall: Float64Array.from(rows, (row, i) => row[3] ?? WALL + i * 1000),
    value: Float64Array.from(rows, (row) => row[2]),
  }
}

/** Steps from–to of one series; `value` gives each. */
export function steps(
  name: string,
  from: number,
  to: number,
  value: (step: number) => number,
  wall = (step: number) => WALL + step * 10,
): PointBatch {
  return batch(Array.from({ length: to - from }, (_, i): Row => [name, from + i, value(from + i), wall(from + i)]))
}

export function chartOf(runId: string, name: string, fields: Partial<ChartRequest> = {}): ChartRequest {
  return { runId, name, x: { kind: 'step' }, range: null, width: 100, smoothing: { kind: 'none' }, abandoned: false, ...fields }
}

/** The whole export as rows. */
export async function allPoints(
  store: Store,
  runId: string,
  name: string,
  all = false,
): Promise<[step: number, value: number, superseded?: number][]> {
  const rows: [number, number, number?][] = []
  for await (const part of store.points(runId, name, { all }))
    part.step.forEach((step, i) => {
      rows.push(all ? [step, part.value[i]!, part.superseded![i]!] : [step, part.value[i]!])
    })
  return rows
}
