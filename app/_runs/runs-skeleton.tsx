import { Skeleton } from '../_ui/skeleton.tsx'

const LINES = Array.from({ length: 14 }, (_, index) => index)

/** The table while its first answer is on the way. */
export function RunsSkeleton() {
  return (
    <div role="status" aria-label="Reading the runs" className="min-h-0 flex-1 overflow-hidden" data-testid="runs-loading">
      <div className="h-8 border-b border-border-strong bg-surface" />
      {LINES.map((line) => (
        <div key={line} className="flex h-[30px] items-center gap-6 border-b border-border px-3">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-3 w-20" />
          <Skeleton className="h-3 w-20 max-sm:hidden" />
          <Skeleton className="h-3 w-24 max-sm:hidden" />
        </div>
      ))}
    </div>
  )
}
