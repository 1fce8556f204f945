import type { ReactNode } from 'react'

/** A named fact on one line. */
export function Fact({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <span className="inline-flex min-w-0 items-baseline gap-1.5">
      <span className="shrink-0 text-faint">{label}</span>
      <span className="min-w-0 truncate">{children}</span>
    </span>
  )
}
