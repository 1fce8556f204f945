'use client'

import type { ChartViewProps } from '../chart-kind.ts'
import type { XyData } from '../xy/xy-data.ts'
import { XyView } from '../xy/xy-view.tsx'
import { scatterKind } from './kind.ts'

export function ScatterChart({ id, data }: ChartViewProps<XyData>) {
  return <XyView id={id} kind={scatterKind} mark="dots" data={data} />
}
