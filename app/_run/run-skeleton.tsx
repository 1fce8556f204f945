import { Skeleton } from '../_ui/skeleton.tsx'

/** The page's outline while the run is read. */
export function RunSkeleton() {
  return (
    <div role="status" aria-label="Reading the run" className="flex flex-col gap-3 px-4 pt-4">
      <Skeleton className="h-6 w-72" />
      <Skeleton className="h-4 w-full max-w-2xl" />
      <Skeleton className="h-8 w-full" />
      <div className="grid gap-3 lg:grid-cols-2">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    </div>
  )
}
