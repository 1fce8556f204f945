import { formatCount, formatNumber } from '../../../core/format-number.ts'
import type { ChartKind } from '../chart-kind.ts'
import { lossCurve } from '../fixtures/sample-columns.ts'
import { sparklineSvg } from './option.ts'
import type { SparklineData } from './path.ts'

const COLOUR = '#3d6ea4'
const sample =
  (y: number[], x: number[] | null = null) =>
  (): SparklineData => ({ label: 'train/loss', x, y, colour: COLOUR })

export const sparklineKind = {
  id: 'sparkline',
  title: 'Sparkline',
  renderer: 'svg',
  size: { width: 96, height: 20 },
  svg: sparklineSvg,
  summary: ({ label, y }) => `${label}: ${formatCount(y.length)} points, last ${y.length > 0 ? formatNumber(y[y.length - 1]!) : 'none'}`,
  notes: ({ y }) => {
    const bad = Array.from(y).filter((value) => !Number.isFinite(value)).length
    return bad > 0 ? [`${formatCount(bad)} NaN or infinite values: crosses.`] : []
  },
  table: ({ label, x, y }) => ({
    comments: [label],
    header: ['x', 'y'],
    rows: Array.from(y, (value, i) => [x ? x[i]! : i, value]),
  }),
  fixtures: {
    falling: sample(lossCurve(80, 1)),
    'with NaN': sample(lossCurve(80, 2).map((value, i) => (i > 50 ? Number.NaN : value))),
    'one point': sample([0.5]),
    constant: sample([1, 1, 1, 1]),
    'uneven steps': sample([3, 2, 1.5, 1.2], [0, 1, 2, 40]),
    nothing: sample([]),
  },
} satisfies ChartKind<SparklineData>
