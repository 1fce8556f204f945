'use client'

import { Maximize2, Minimize2, MoreHorizontal } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '../_ui/button.tsx'
import { classNames } from '../_ui/class-names.ts'
import { errorText } from '../_ui/error-text.ts'
import { Menu } from '../_ui/menu.tsx'
import { Skeleton } from '../_ui/skeleton.tsx'

/** What stands in place of the plot; `ready` is the plot itself. */
export type CardState =
  | { kind: 'ready' }
  | { kind: 'loading' }
  | { kind: 'error'; error: unknown; retry?: () => void }
  | { kind: 'empty'; text: string; hint?: string }

export interface ChartCardProps {
  /** Anchor in the page's address: unique on the page. */
  id: string
  title: string
  state: CardState
  /** Small controls beside the title. */
  tools?: ReactNode
  /** Items of the card's menu. */
  menu?: ReactNode
  legend?: ReactNode
  /** What is shown and what is left out. */
  notes?: string[]
  /** Least height of the plot in pixels, default 240: where the card is taller than its contents the plot takes the room. */
  height?: number
  /** True while newer data is on its way. */
  busy?: boolean
  children: (height: string) => ReactNode
}

/** The frame of every chart: title, menu, full screen, legend, plot or its stand-in, and a line on what is shown. */
export function ChartCard({ id, title, state, tools, menu, legend, notes = [], height = 240, busy, children }: ChartCardProps) {
  const [full, setFull] = useState(false)
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    // A link to this card: the page had no such element yet when the browser looked for it.
    const address = new URL(window.location.href)
    address.hash = id
    if (address.hash === window.location.hash) card.current?.scrollIntoView({ block: 'center' })
  }, [id])
  useEffect(() => {
    if (!full) return
    const leave = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) setFull(false)
    }
    const before = document.documentElement.style.overflow
    document.documentElement.style.overflow = 'hidden'
    window.addEventListener('keydown', leave)
    return () => {
      document.documentElement.style.overflow = before
      window.removeEventListener('keydown', leave)
    }
  }, [full])
  return (
    <section
      ref={card}
      id={id}
      aria-label={title}
      data-testid="chart-card"
      data-state={state.kind}
      className={classNames(
        'group flex min-w-0 scroll-mt-16 flex-col bg-background',
        full ? 'fixed inset-0 z-40 p-2' : 'rounded border border-border',
      )}
    >
      <header className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-1 pr-1 pl-3">
        <h3 className="min-w-32 flex-1 truncate leading-8 text-sm font-semibold" title={title}>
          {title}
        </h3>
        <div className="ml-auto flex max-w-full flex-wrap items-center justify-end gap-x-1">
          {busy ? <span className="size-1.5 animate-[live-pulse_1s_ease-in-out_infinite] rounded-full bg-accent" title="Loading newer data" /> : null}
          {tools}
          <Button
            look="quiet"
            size="small-icon"
            aria-label={full ? 'Leave full screen' : 'Full screen'}
            title={full ? 'Leave full screen (Esc)' : 'Full screen'}
            onClick={() => setFull(!full)}
          >
            {full ? <Minimize2 size={13} /> : <Maximize2 size={13} />}
          </Button>
          {menu ? (
            <Menu
              align="end"
              trigger={
                <Button look="quiet" size="small-icon" aria-label={`Menu of ${title}`}>
                  <MoreHorizontal size={14} />
                </Button>
              }
            >
              {menu}
            </Menu>
          ) : null}
        </div>
      </header>
      {legend}
      <div className="relative min-w-0 flex-1" style={{ minHeight: full ? 0 : height }}>
        <div className="absolute inset-x-1 inset-y-0">{state.kind === 'ready' ? children('100%') : <StandIn state={state} title={title} />}</div>
      </div>
      {state.kind === 'ready' && notes.length > 0 ? (
        <p className="px-3 pt-0.5 pb-2 text-xs text-faint" data-testid="chart-notes">
          {notes.join(' ')}
        </p>
      ) : null}
    </section>
  )
}

function StandIn({ state, title }: { state: Exclude<CardState, { kind: 'ready' }>; title: string }) {
  if (state.kind === 'loading')
    return (
      <div className="h-full p-2" role="status" aria-label={`Loading ${title}`}>
        <Skeleton className="h-full w-full" />
      </div>
    )
  const error = state.kind === 'error'
  return (
    <div className="flex h-full flex-col items-center justify-center gap-1.5 px-4 text-center text-sm" role={error ? 'alert' : 'status'}>
      <p className={error ? 'text-danger' : 'text-muted'}>{error ? errorText(state.error) : state.text}</p>
      {!error && state.hint ? <p className="text-faint">{state.hint}</p> : null}
      {error && state.retry ? (
        <Button size="small" onClick={state.retry}>
          Try again
        </Button>
      ) : null}
    </div>
  )
}
