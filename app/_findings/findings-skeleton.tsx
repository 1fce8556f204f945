import { Skeleton } from '../_ui/skeleton.tsx'

export function FindingsSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-3" role="status" aria-label="Reading the findings">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-7 w-96 max-w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  )
}
