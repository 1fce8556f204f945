import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'

const COLUMNS = {
  /** As many as fit. */
  0: 'grid-cols-[repeat(auto-fill,minmax(min(100%,400px),1fr))]',
  1: 'grid-cols-1',
  2: 'grid-cols-1 lg:grid-cols-2',
  3: 'grid-cols-1 md:grid-cols-2 xl:grid-cols-3',
  4: 'grid-cols-1 md:grid-cols-2 xl:grid-cols-4',
} as const

/** Cards of a row end on one line, however long their notes are. */
const STRETCH = '[&_[data-testid=chart-card]]:h-full [&_[data-testid=metric-card]>div]:h-full'

/** Cards side by side; one column on a phone whatever was asked for. */
export function CardGrid({ columns = 2, children }: { columns?: number; children: ReactNode }) {
  return <div className={classNames('grid gap-3', STRETCH, COLUMNS[columns as keyof typeof COLUMNS] ?? COLUMNS[0])}>{children}</div>
}
