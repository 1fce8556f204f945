/** One line of the benchmark table: a figure, and what it is measured against in the same run. */
export interface Row {
  what: string
  value: number
  unit: string
  /** Name of the rival or limit. */
  against: string
  rival: number
  /** `lower`: small values are good. */
  better: 'lower' | 'higher'
  /** The project's own target in `unit`, when the row has one. */
  target?: number
}

/** A file of this folder exports one of these; `registry.ts` lists them. */
export interface Benchmark {
  id: string
  title: string
  /** Takes minutes: run only when asked for by its id. */
  slow?: boolean
  run(): Promise<Row[]>
}

/** Times better than the rival: above 1 is good whatever the direction. */
export function ratio(row: Row): number {
  return row.better === 'lower' ? row.rival / row.value : row.value / row.rival
}

/** True when the row has no target or meets it. */
export function meetsTarget(row: Row): boolean {
  if (row.target === undefined) return true
  return row.better === 'lower' ? row.value <= row.target : row.value >= row.target
}
