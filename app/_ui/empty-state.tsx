import type { ReactNode } from 'react'

/** Nothing to show, and what to do about it. */
export function EmptyState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-xl flex-col items-center gap-2 px-4 py-14 text-center" data-testid="empty-state">
      <h2 className="text-lg font-semibold">{title}</h2>
      {children ? <div className="max-w-full text-muted">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  )
}
