'use client'

import type { ChartViewProps } from '../chart-kind.ts'
import { ConfusionMatrixCard } from './confusion-matrix-card.tsx'
import type { ConfusionMatrixData } from './matrix-data.ts'

/** A given confusion matrix. */
export function ConfusionMatrixChart({ id, data }: ChartViewProps<ConfusionMatrixData>) {
  return <ConfusionMatrixCard id={id} title={data.title} value={data.value} startWith={data.normalise} startView={data.view} height={380} />
}
