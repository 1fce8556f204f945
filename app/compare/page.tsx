import type { Metadata } from 'next'
import { Suspense } from 'react'
import { ComparePage } from '../_compare/compare-page.tsx'
import { CompareSkeleton } from '../_compare/compare-skeleton.tsx'

export const metadata: Metadata = { title: 'Compare' }

export default function Page() {
  return (
    <Suspense fallback={<CompareSkeleton />}>
      <ComparePage />
    </Suspense>
  )
}
