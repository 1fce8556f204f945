import { Skeleton } from '../_ui/skeleton.tsx'

export function StudySkeleton() {
  return (
    <div className="flex flex-col gap-3 p-3" role="status" aria-label="Reading the study">
      <Skeleton className="h-7 w-72" />
      <Skeleton className="h-5 w-96 max-w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  )
}
