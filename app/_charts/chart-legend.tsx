'use client'

import { useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { truncateMiddle } from '../../core/truncate-middle.ts'
import { classNames } from '../_ui/class-names.ts'
import { LineSwatch } from './line-swatch.tsx'
import type { Dash } from './xy/xy-data.ts'

export interface LegendEntry {
  key: string
  /** Lines it stands for, when not one of the same key. */
  keys?: string[]
  label: string
  colour: string
  dash: Dash
  /** NaN and infinite values in the range. */
  nonFinite: number
  /** Nothing logged under this name. */
  missing: boolean
}

interface ChartLegendProps {
  entries: LegendEntry[]
  /** What dashes mean, where colour names the run. */
  dashes?: { label: string; dash: Dash }[]
  hidden: ReadonlySet<string>
  onHidden: (hidden: ReadonlySet<string>) => void
  onEmphasise: (key: string | null) => void
}

const COLLAPSED = 8
/** Up to this many series, those without data are listed too. */
const FEW = 3
const LABEL_MAX = 32

/** Click hides or shows a line; double click, Alt + click or Alt + Enter shows it alone, and again all of them. Pointing at it makes it stand out. */
export function ChartLegend({ entries, dashes = [], hidden, onHidden, onEmphasise }: ChartLegendProps) {
  const [open, setOpen] = useState(false)
  // Among many runs, those that never logged the metric would crowd out those that did.
  const logged = entries.filter((entry) => !entry.missing)
  const listed = open || logged.length === 0 || entries.length <= FEW ? entries : logged
  const shown = open || listed.length <= COLLAPSED + 1 ? listed : listed.slice(0, COLLAPSED)
  const missing = entries.length - logged.length
  const toggle = (key: string) => {
    const next = new Set(hidden)
    if (!next.delete(key)) next.add(key)
    onHidden(next)
  }
  const isolate = (key: string) => {
    const alone = !hidden.has(key) && hidden.size === entries.length - 1
    onHidden(alone ? new Set() : new Set(entries.map((entry) => entry.key).filter((other) => other !== key)))
  }
  return (
    <div className={classNames('flex flex-wrap gap-x-2.5 gap-y-0 px-3 text-xs', open && 'max-h-40 overflow-y-auto')} data-testid="chart-legend">
      {dashes.map(({ label, dash }) => (
        <span key={label} className="flex h-5 items-center gap-1 text-faint">
          <LineSwatch colour="currentColor" dash={dash} width={16} />
          {label}
        </span>
      ))}
      {shown.map((entry) => (
        <button
          key={entry.key}
          type="button"
          title={`${entry.label}${entry.missing ? ' (not logged)' : ''}\nClick: hide or show. Double click: only this one.`}
          aria-pressed={!hidden.has(entry.key)}
          className={classNames(
            'flex h-5 max-w-full items-center gap-1 rounded-sm text-muted hover:text-text',
            hidden.has(entry.key) && 'line-through opacity-60',
          )}
          onClick={(event) => (event.altKey || event.detail === 2 ? isolate(entry.key) : event.detail < 2 && toggle(entry.key))}
          onPointerEnter={() => onEmphasise(entry.key)}
          onPointerLeave={() => onEmphasise(null)}
          onFocus={() => onEmphasise(entry.key)}
          onBlur={() => onEmphasise(null)}
        >
          <LineSwatch colour={entry.colour} dash={entry.dash} width={16} faded={hidden.has(entry.key)} />
          <span className="truncate">{truncateMiddle(entry.label, LABEL_MAX)}</span>
          {entry.nonFinite > 0 ? <span className="num font-medium text-danger">{formatCount(entry.nonFinite)} NaN/Inf</span> : null}
          {entry.missing ? <span className="text-faint">not logged</span> : null}
        </button>
      ))}
      {entries.length > shown.length || open ? (
        <button type="button" className="h-5 text-xs text-accent hover:underline" onClick={() => setOpen(!open)}>
          {open ? 'fewer' : moreText(entries.length - shown.length, listed.length < entries.length ? missing : 0)}
        </button>
      ) : null}
      {hidden.size > 0 ? (
        <button type="button" className="h-5 text-xs text-accent hover:underline" onClick={() => onHidden(new Set())}>
          show all
        </button>
      ) : null}
    </div>
  )
}

/** `6 not logged`, `12 more`, `12 more, 6 of them not logged`. */
function moreText(more: number, missing: number): string {
  if (missing === more) return `${formatCount(more)} not logged`
  return `${formatCount(more)} more${missing > 0 ? `, ${formatCount(missing)} of them not logged` : ''}`
}
