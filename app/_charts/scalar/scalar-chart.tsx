'use client'

import type { ChartViewProps } from '../chart-kind.ts'
import type { XyData } from '../xy/xy-data.ts'
import { XyView } from '../xy/xy-view.tsx'
import { scalarKind } from './kind.ts'

export function ScalarChart({ id, data }: ChartViewProps<XyData>) {
  return <XyView id={id} kind={scalarKind} mark="line" data={data} />
}
