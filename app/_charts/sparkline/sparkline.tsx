import { type SparklineData, sparklinePath } from './path.ts'

interface SparklineProps extends SparklineData {
  /** Pixels, default 96 × 20. */
  width?: number
  height?: number
}

/** A word-sized line for table cells. Crosses at the top mark NaN and infinite values. */
export function Sparkline({ label, x, y, colour, width = 96, height = 20 }: SparklineProps) {
  const { d, dots, marks } = sparklinePath({ x, y }, width, height)
  return (
    <svg
      role="img"
      aria-label={label}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className="block overflow-visible"
      data-testid="sparkline"
    >
      {d ? <path d={d} fill="none" stroke={colour} strokeWidth={1.25} strokeLinejoin="round" /> : null}
      {dots.map(([cx, cy]) => (
        <circle key={cx} cx={cx} cy={cy} r={1.75} fill={colour} />
      ))}
      {marks.map((at) => (
        <path key={at} d={`M${at - 1.5} .5l3 3m0-3l-3 3`} className="stroke-danger" fill="none" strokeWidth={1} />
      ))}
    </svg>
  )
}
