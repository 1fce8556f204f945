'use client'

import type { ChartViewProps } from '../chart-kind.ts'
import { PrCurveCard } from './pr-curve-card.tsx'
import type { PrCurveData } from './pr-data.ts'

/** Given precision-recall curves. */
export function PrCurveChart({ id, data }: ChartViewProps<PrCurveData>) {
  return <PrCurveCard id={id} title={data.title} value={data.value} startShown={data.shown} startFitted={data.fitted} height={280} />
}
