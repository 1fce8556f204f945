import type { Metadata } from 'next'
import { Suspense } from 'react'
import { StudiesPage } from '../_study/studies-page.tsx'
import { StudySkeleton } from '../_study/study-skeleton.tsx'

export const metadata: Metadata = { title: 'Ablation studies' }

export default function Page() {
  return (
    <Suspense fallback={<StudySkeleton />}>
      <StudiesPage />
    </Suspense>
  )
}
