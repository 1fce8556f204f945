import type { ChartViewProps } from '../chart-kind.ts'
import type { SparklineData } from './path.ts'
import { Sparkline } from './sparkline.tsx'

/** A sparkline as it stands in a table row. */
export function SparklineChart({ data }: ChartViewProps<SparklineData>) {
  return (
    <div className="flex h-8 items-center gap-3 rounded border border-border px-3 text-sm">
      <span className="flex-1">{data.label}</span>
      <Sparkline {...data} />
    </div>
  )
}
