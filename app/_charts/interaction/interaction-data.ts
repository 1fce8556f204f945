/** Means of one metric over two factors of a two-level design. Values in the unit the metric is logged in. */
export interface InteractionData {
  title: string
  metric: string
  unit: string | null
  goal: 'min' | 'max'
  level: number
  /** Decimals in the shown unit. */
  places: number
  /** Factor along the axis and its two settings. */
  x: { path: string; low: string; high: string }
  /** One line per setting of the other factor. */
  lines: { label: string; points: InteractionPoint[] }[]
  /** Interaction of the two: parallel lines mean none. */
  effect: { estimate: number; p: number | null; aliases: string[] } | null
  /** Further factors, over whose settings the points are averaged. */
  averagedOver: string[]
}

export interface InteractionPoint {
  level: 'low' | 'high'
  mean: number
  /** Interval from the pooled error of the design; null: no error could be pooled. */
  low: number | null
  high: number | null
  /** Runs behind the point. */
  n: number
}

export const INTERACTION_COLOURS = ['#3d6ea4', '#de7519'] as const
