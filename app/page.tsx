import { Suspense } from 'react'
import { RunsPage } from './_runs/runs-page.tsx'

export default function Page() {
  return (
    <Suspense>
      <RunsPage />
    </Suspense>
  )
}
