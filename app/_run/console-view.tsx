'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { formatTimestamp } from '../../core/format-duration.ts'
import { formatCount } from '../../core/format-number.ts'
import { classNames } from '../_ui/class-names.ts'
import { AnsiText } from './ansi-text.tsx'
import type { ConsoleLine } from './console-lines.ts'

const ROW = 18
/** Nearer than this to the end counts as being at the end (px). */
const AT_END = 24

interface ConsoleViewProps {
  lines: { line: ConsoleLine; number: number | null }[]
  /** Lower-case text to highlight. */
  wanted: string
  wrap: boolean
  follow: boolean
  onFollow: (follow: boolean) => void
}

/** The lines in view only; scrolling up ends following, as in a terminal. */
export function ConsoleView({ lines, wanted, wrap, follow, onFollow }: ConsoleViewProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const lastTop = useRef(0)
  const virtualizer = useVirtualizer({ count: lines.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 20 })
  const count = lines.length
  useEffect(() => {
    if (follow && count > 0) virtualizer.scrollToIndex(count - 1, { align: 'end' })
  }, [follow, count, virtualizer])
  const longest = wrap ? 0 : lines.reduce((most, { line }) => Math.max(most, line.kind === 'text' ? line.plain.length : 0), 0)
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard
      tabIndex={0}
      aria-label="Console output"
      data-testid="console-view"
      className="h-[max(240px,calc(100dvh-300px))] overflow-auto rounded border border-border bg-surface font-mono text-sm leading-[18px]"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        if (follow && scrollTop < lastTop.current && scrollHeight - scrollTop - clientHeight > AT_END) onFollow(false)
        lastTop.current = scrollTop
      }}
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize(), minWidth: longest > 0 ? `calc(${longest}ch + 80px)` : undefined }}>
        {virtualizer.getVirtualItems().map((item) => {
          const row = lines[item.index]
          return row ? (
            <div
              key={item.key}
              ref={wrap ? virtualizer.measureElement : undefined}
              data-index={item.index}
              className="absolute top-0 left-0 flex w-full"
              style={{ transform: `translateY(${item.start}px)`, minHeight: ROW }}
            >
              <span className="num sticky left-0 w-14 shrink-0 bg-surface pr-3 text-right text-faint select-none">{row.number}</span>
              <Line line={row.line} wanted={wanted} wrap={wrap} />
            </div>
          ) : null
        })}
      </div>
    </section>
  )
}

function Line({ line, wanted, wrap }: { line: ConsoleLine; wanted: string; wrap: boolean }) {
  if (line.kind === 'skipped')
    return (
      <span className="text-warning italic" data-testid="console-skipped">
        {formatCount(line.lines)} lines were printed faster than they are kept, and left out
      </span>
    )
  return (
    <span
      title={`${line.stream}, ${formatTimestamp(line.wall)}`}
      className={classNames(
        'flex-1 pr-3',
        wrap ? 'min-w-0 whitespace-pre-wrap [overflow-wrap:anywhere]' : 'whitespace-pre',
        line.stream === 'stderr' && 'border-l-2 border-danger pl-1.5',
        line.stream === 'stdout' && 'border-l-2 border-transparent pl-1.5',
      )}
    >
      <AnsiText spans={line.spans} wanted={wanted} />
    </span>
  )
}
