import type { ReactNode } from 'react'
import { classNames } from '../_ui/class-names.ts'

/** A name and its value side by side; on a phone the value goes under a long name. */
export function KeyValueRow({ name, value, depth = 0, mono }: { name: string; value: ReactNode; depth?: number; mono?: boolean }) {
  return (
    <div className="grid min-h-7 grid-cols-[minmax(120px,280px)_minmax(0,1fr)] items-baseline gap-3 border-t border-border px-3 py-1 first:border-t-0 hover:bg-surface-hover max-sm:grid-cols-[minmax(90px,38%)_minmax(0,1fr)]">
      <span className="text-muted [overflow-wrap:anywhere]" style={{ paddingLeft: depth * 16 }}>
        {name}
      </span>
      <span className={classNames('max-h-60 overflow-y-auto whitespace-pre-wrap [overflow-wrap:anywhere]', mono && 'font-mono text-sm')}>
        {value}
      </span>
    </div>
  )
}
