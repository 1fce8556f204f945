import type { Metadata } from 'next'
import { Suspense } from 'react'
import { StudyPage } from '../../_study/study-page.tsx'
import { StudySkeleton } from '../../_study/study-skeleton.tsx'

export const metadata: Metadata = { title: 'Ablation study' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <Suspense fallback={<StudySkeleton />}>
      <StudyPage reference={decode(id)} />
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
