'use client'

import { useMemo } from 'react'
import { formatCount, formatNumber } from '../../core/format-number.ts'
import type { ConfusionMatrixValue } from '../../core/kinds/values.ts'
import { worstConfusions } from '../_charts/confusion-matrix/worst-confusions.ts'

const LISTED = 20

/** The pairs of classes that are confused most often. */
export function WorstConfusions({ value }: { value: ConfusionMatrixValue }) {
  const worst = useMemo(() => worstConfusions(value, LISTED), [value])
  const most = worst[0]?.count ?? 1
  if (worst.length === 0)
    return <p className="border-t border-border px-3 py-6 text-center text-sm text-muted">No confusions: nothing is off the diagonal.</p>
  return (
    <div className="max-h-[460px] min-h-0 flex-1 overflow-auto border-t border-border" data-testid="worst-confusions">
      <table className="w-full min-w-[380px] text-sm">
        <thead className="sticky top-0 bg-surface text-left text-xs text-muted">
          <tr className="h-8">
            <th className="px-3 font-medium">True class</th>
            <th className="px-3 font-medium">Taken for</th>
            <th className="px-3 text-right font-medium">Examples</th>
            <th className="px-3 text-right font-medium">Of the class</th>
          </tr>
        </thead>
        <tbody>
          {worst.map(({ truth, predicted, count, ofTruth }) => (
            <tr key={`${truth} ${predicted}`} className="h-7 border-t border-border">
              <td className="max-w-40 truncate px-3" title={value.classes[truth]}>
                {value.classes[truth]}
              </td>
              <td className="max-w-40 truncate px-3" title={value.classes[predicted]}>
                {value.classes[predicted]}
              </td>
              <td className="num px-3 text-right">
                <span className="flex items-center justify-end gap-2">
                  <span aria-hidden className="h-1.5 rounded-full bg-warning/70" style={{ width: `${Math.max(2, (48 * count) / most)}px` }} />
                  {formatCount(count)}
                </span>
              </td>
              <td className="num px-3 text-right">{formatNumber(100 * ofTruth, 3)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
