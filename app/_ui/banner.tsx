import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const TONES = { warning: 'bg-warning-soft text-warning', danger: 'bg-danger-soft text-danger', neutral: 'bg-surface text-muted' } as const

/** A full-width notice that stays as long as it holds. */
export function Banner({ tone = 'neutral', children, testId }: { tone?: keyof typeof TONES; children: ReactNode; testId?: string }) {
  return (
    <div
      role={tone === 'neutral' ? 'note' : 'status'}
      data-testid={testId}
      className={classNames('flex items-start gap-2 border-b border-border px-3 py-1.5 text-sm', TONES[tone])}
    >
      {tone === 'neutral' ? null : <TriangleAlert size={14} className="mt-px shrink-0" />}
      <div className="min-w-0 break-words">{children}</div>
    </div>
  )
}
