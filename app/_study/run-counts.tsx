import { formatCount } from '../../core/format-number.ts'

/** `25 finished · 2 running · 1 failed`, in words and colour; what is none is left out. */
export function RunCounts({ finished, running, failed, deleted }: { finished: number; running: number; failed: number; deleted: number }) {
  const parts = [
    { n: finished, word: 'finished', look: 'text-muted' },
    { n: running, word: 'running', look: 'text-success' },
    { n: failed, word: 'failed', look: 'text-danger' },
    { n: deleted, word: 'deleted', look: 'text-warning' },
  ].filter(({ n }) => n > 0)
  if (parts.length === 0) return <span className="text-faint">none yet</span>
  return (
    <span className="inline-flex flex-wrap gap-x-2">
      {parts.map(({ n, word, look }) => (
        <span key={word} className={`whitespace-nowrap ${look}`}>
          {formatCount(n)} {word}
        </span>
      ))}
    </span>
  )
}
