import { formatCount } from '../../core/format-number.ts'
import { classNames } from '../_ui/class-names.ts'
import { NumberText } from '../_ui/number-text.tsx'
import { metricDifference } from './metric-difference.ts'
import type { MetricFigure } from './metric-figure.ts'

/** A figure with its step, and below it the difference to the baseline's (null: this is the baseline). */
export function MetricCell({ name, figure, baseline }: { name: string; figure: MetricFigure | null; baseline: MetricFigure | null }) {
  if (!figure)
    return (
      <span className="text-faint" title="Not logged in this run">
        –
      </span>
    )
  const difference = baseline ? metricDifference(name, figure.value, baseline.value, figure.goal) : null
  return (
    <span className="flex min-w-0 flex-col leading-[17px]">
      <span className="whitespace-nowrap">
        <NumberText value={figure.value} digits={5} className="font-medium" />
        {Number.isFinite(figure.step) ? <span className="num text-xs text-faint"> @ {formatCount(figure.step)}</span> : null}
        {figure.nonFinite > 0 ? (
          <span className="text-xs text-danger" title={`${formatCount(figure.nonFinite)} points are NaN or infinite`}>
            {' '}
            {formatCount(figure.nonFinite)} NaN/Inf
          </span>
        ) : null}
        {figure.fellBack ? <span className="text-xs text-faint"> last</span> : null}
      </span>
      {difference ? (
        <span
          className={classNames(
            'num truncate text-xs',
            difference.better === null ? 'text-faint' : difference.better ? 'text-success' : 'text-danger',
          )}
          title={difference.better === null ? 'to the baseline' : difference.better ? 'better than the baseline' : 'worse than the baseline'}
        >
          {difference.better === null ? '' : difference.better ? '▲ ' : '▼ '}
          {difference.text}
        </span>
      ) : null}
    </span>
  )
}
