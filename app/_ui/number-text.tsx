import { formatExactNumber, formatNumber } from '../../core/format-number.ts'
import { classNames } from './class-names.ts'

/** A measured value in tabular digits, all of its digits in the title. NaN and ±Inf stand out and are never blank. */
export function NumberText({ value, digits, className }: { value: number; digits?: number; className?: string }) {
  const finite = Number.isFinite(value)
  return (
    <span className={classNames('num', !finite && 'font-semibold text-danger', className)} title={formatExactNumber(value)}>
      {formatNumber(value, digits)}
    </span>
  )
}
