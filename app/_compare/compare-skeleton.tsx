import { Skeleton } from '../_ui/skeleton.tsx'

/** The page's outline while the runs are read. */
export function CompareSkeleton() {
  return (
    <div role="status" aria-label="Reading the runs" className="flex h-full gap-3 p-3">
      <Skeleton className="h-full w-64 max-md:hidden" />
      <div className="grid flex-1 content-start gap-3 lg:grid-cols-2">
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
        <Skeleton className="h-64" />
      </div>
    </div>
  )
}
