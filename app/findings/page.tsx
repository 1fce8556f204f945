import type { Metadata } from 'next'
import { Suspense } from 'react'
import { FindingsPage } from '../_findings/findings-page.tsx'
import { FindingsSkeleton } from '../_findings/findings-skeleton.tsx'

export const metadata: Metadata = { title: 'Findings' }

export default function Page() {
  return (
    <Suspense fallback={<FindingsSkeleton />}>
      <FindingsPage />
    </Suspense>
  )
}
