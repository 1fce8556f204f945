import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { errorText } from './error-text.ts'

/** Something failed: the plain reason and a way on. Give `onRetry` where trying again can help. */
export function ErrorState({ title, error, onRetry, children }: { title: string; error?: unknown; onRetry?: () => void; children?: ReactNode }) {
  return (
    <div role="alert" className="mx-auto flex max-w-xl flex-col items-center gap-2 px-4 py-14 text-center" data-testid="error-state">
      <h2 className="text-lg font-semibold">{title}</h2>
      {error === undefined ? null : <p className="break-words text-muted">{errorText(error)}</p>}
      {children}
      {onRetry ? (
        <Button className="mt-2" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </div>
  )
}
