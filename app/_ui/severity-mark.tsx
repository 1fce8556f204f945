import { CircleAlert, Info, OctagonAlert } from 'lucide-react'
import type { FindingSeverity } from '../../core/kinds/values.ts'
import { classNames } from './class-names.ts'

/** How a severity looks wherever it is shown: a sign of its own, a word, and colours. */
export const SEVERITY_LOOKS = {
  critical: { icon: OctagonAlert, word: 'Critical', tone: 'text-danger', edge: 'border-l-danger' },
  warning: { icon: CircleAlert, word: 'Warning', tone: 'text-warning', edge: 'border-l-warning' },
  info: { icon: Info, word: 'Note', tone: 'text-info', edge: 'border-l-info' },
} as const satisfies Record<FindingSeverity, unknown>

/** Sign and word; `quiet`: the word for screen readers only. */
export function SeverityMark({ severity, quiet = false, className }: { severity: FindingSeverity; quiet?: boolean; className?: string }) {
  const { icon: Icon, word, tone } = SEVERITY_LOOKS[severity] ?? SEVERITY_LOOKS.info
  return (
    <span className={classNames('inline-flex shrink-0 items-center gap-1 text-xs font-semibold', tone, className)}>
      <Icon size={13} aria-hidden />
      {quiet ? <span className="sr-only">{word}: </span> : word}
    </span>
  )
}
