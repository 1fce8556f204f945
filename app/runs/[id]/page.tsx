import type { Metadata } from 'next'
import { Suspense } from 'react'
import { RunPage } from '../../_run/run-page.tsx'
import { RunSkeleton } from '../../_run/run-skeleton.tsx'

export const metadata: Metadata = { title: 'Run' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <Suspense fallback={<RunSkeleton />}>
      <RunPage reference={decode(id)} />
    </Suspense>
  )
}

/** The segment as the person typed it; a stray `%` stays one. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
