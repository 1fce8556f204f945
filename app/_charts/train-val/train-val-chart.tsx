'use client'

import { useMemo } from 'react'
import type { ChartViewProps } from '../chart-kind.ts'
import type { XyData } from '../xy/xy-data.ts'
import { XyView } from '../xy/xy-view.tsx'
import { trainValKind } from './kind.ts'
import { keepFewPoints, styleSplits } from './option.ts'

export function TrainValChart({ id, data }: ChartViewProps<XyData>) {
  const styled = useMemo(() => styleSplits(keepFewPoints(data)), [data])
  return <XyView id={id} kind={trainValKind} mark="line" data={styled} />
}
