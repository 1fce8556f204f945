'use client'

import { ErrorState } from './_ui/error-state.tsx'

export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <ErrorState title="This page failed to draw" error={error} onRetry={reset}>
      <p className="text-faint">Your data is untouched: pages only read it.</p>
    </ErrorState>
  )
}
