import { formatExactNumber, formatFigure, formatNumber } from '../../core/format-number.ts'
import { classNames } from './class-names.ts'

/**
 * A measured value in tabular digits, all of its digits in the title. NaN and ±Inf stand out and are never blank.
 * `aligned` keeps trailing zeros, for columns.
 */
export function NumberText({ value, digits, aligned, className }: { value: number; digits?: number; aligned?: boolean; className?: string }) {
  const finite = Number.isFinite(value)
  return (
    <span className={classNames('num', !finite && 'font-semibold text-danger', className)} title={formatExactNumber(value)}>
      {aligned ? formatFigure(value, digits) : formatNumber(value, digits)}
    </span>
  )
}
