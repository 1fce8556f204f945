'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'

interface SectionProps {
  title: string
  count?: number
  /** Said beside the title. */
  note?: ReactNode
  /** Controls at the end of the title line, while it is open. */
  tools?: ReactNode
  startOpen?: boolean
  children: ReactNode
  testId?: string
}

/** A foldable part of a page of charts. What is folded is not drawn at all. */
export function Section({ title, count, note, tools, startOpen = true, children, testId }: SectionProps) {
  const [open, setOpen] = useState(startOpen)
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <section data-testid={testId} data-section={title}>
      <div className="flex min-h-8 flex-wrap items-center gap-x-2">
        <button type="button" aria-expanded={open} className="-ml-1 flex items-center gap-1 rounded px-1" onClick={() => setOpen(!open)}>
          <Chevron size={14} className="shrink-0 text-faint" />
          <h2 className="font-semibold">{title}</h2>
          {count === undefined ? null : <span className="num text-xs text-faint">{count}</span>}
        </button>
        {note ? <span className="text-sm text-faint">{note}</span> : null}
        {tools && open ? <span className="ml-auto flex flex-wrap items-center gap-2">{tools}</span> : null}
      </div>
      {open ? <div className="pt-1">{children}</div> : null}
    </section>
  )
}
