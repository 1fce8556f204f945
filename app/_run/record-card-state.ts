import type { CardState } from '../_charts/chart-card.tsx'

interface RecordRead {
  value: unknown
  isPending: boolean
  error: unknown
  retry: () => void
}

/** What a card of one record shows. */
export function recordCardState({ value, isPending, error, retry }: RecordRead, empty: string): CardState {
  if (error && value === null) return { kind: 'error', error, retry }
  if (value !== null) return { kind: 'ready' }
  return isPending ? { kind: 'loading' } : { kind: 'empty', text: empty }
}
