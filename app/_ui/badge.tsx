import type { HTMLAttributes } from 'react'
import { classNames } from './class-names.ts'

const TONES = {
  neutral: 'bg-surface-hover text-muted',
  accent: 'bg-accent-soft text-accent',
  danger: 'bg-danger-soft text-danger',
  warning: 'bg-warning-soft text-warning',
} as const

/** A small label; `tone`: neutral (default), accent, danger, warning. */
export function Badge({ tone = 'neutral', className, ...rest }: HTMLAttributes<HTMLSpanElement> & { tone?: keyof typeof TONES }) {
  return (
    <span className={classNames('inline-flex h-[18px] items-center rounded px-1.5 text-xs whitespace-nowrap', TONES[tone], className)} {...rest} />
  )
}
