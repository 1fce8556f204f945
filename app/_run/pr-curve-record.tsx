'use client'

import type { PrCurveValue } from '../../core/kinds/values.ts'
import { PrCurveCard } from '../_charts/pr-curve/pr-curve-card.tsx'
import type { RunData } from './run-data.ts'
import { useSteppedRecord } from './use-stepped-record.tsx'

/** Precision-recall curves of one name, step by step. */
export function PrCurveRecord({ data, name }: { data: RunData; name: string }) {
  const { step: _, ...card } = useSteppedRecord<PrCurveValue>(data, 'pr-curve', name, 'Precision-recall curve')
  return <PrCurveCard {...card} />
}
