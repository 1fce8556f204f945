'use client'

import { useState } from 'react'
import { formatFigure } from '../../../core/format-number.ts'
import type { PrCurveValue } from '../../../core/kinds/values.ts'
import { Button } from '../../_ui/button.tsx'
import { Input } from '../../_ui/input.tsx'
import { Popover } from '../../_ui/popover.tsx'
import { FEW, rankedCurves } from './pr-data.ts'

interface ClassPickerProps {
  value: PrCurveValue
  shown: readonly number[]
  onShown: (shown: number[]) => void
}

const LISTED = 200

/** Chooses the classes whose curves are drawn. */
export function ClassPicker({ value, shown, onShown }: ClassPickerProps) {
  const [search, setSearch] = useState('')
  const { curves } = value
  const wanted = search.trim().toLowerCase()
  const found = curves.flatMap((curve, index) => (curve.class.toLowerCase().includes(wanted) ? [{ curve, index }] : []))
  const toggle = (index: number) => onShown(shown.includes(index) ? shown.filter((one) => one !== index) : [...shown, index].sort((a, b) => a - b))
  return (
    <Popover
      label="Classes to draw"
      align="end"
      className="w-72"
      trigger={
        <Button size="small" data-testid="class-picker">
          {shown.length} of {curves.length} classes
        </Button>
      }
    >
      <div className="flex max-h-96 flex-col">
        <div className="flex flex-col gap-1.5 border-b border-border p-2">
          <Input autoFocus aria-label="Find a class" placeholder="Find a class" value={search} onChange={(event) => setSearch(event.target.value)} />
          <span className="flex flex-wrap gap-1">
            <Button size="small" look="quiet" onClick={() => onShown(rankedCurves(curves, 'worst', FEW))}>
              Worst {Math.min(FEW, curves.length)}
            </Button>
            <Button size="small" look="quiet" onClick={() => onShown(rankedCurves(curves, 'best', FEW))}>
              Best {Math.min(FEW, curves.length)}
            </Button>
            <Button size="small" look="quiet" onClick={() => onShown(found.map(({ index }) => index).slice(0, LISTED))}>
              {wanted ? 'Found' : 'All'}
            </Button>
            <Button size="small" look="quiet" onClick={() => onShown([])}>
              None
            </Button>
          </span>
        </div>
        <ul className="min-h-0 flex-1 overflow-y-auto p-1">
          {found.slice(0, LISTED).map(({ curve, index }) => (
            <li key={index}>
              <label className="flex h-7 cursor-pointer items-center gap-2 rounded px-2 text-sm hover:bg-surface-hover">
                <input type="checkbox" className="accent-accent" checked={shown.includes(index)} onChange={() => toggle(index)} />
                <span className="min-w-0 flex-1 truncate" title={curve.class}>
                  {curve.class}
                </span>
                <span className="num shrink-0 text-xs text-muted">
                  {curve.averagePrecision === null ? 'no positives' : formatFigure(curve.averagePrecision, 3)}
                </span>
              </label>
            </li>
          ))}
          {found.length === 0 ? <li className="px-2 py-1 text-sm text-faint">No class matches.</li> : null}
          {found.length > LISTED ? <li className="px-2 py-1 text-xs text-faint">{found.length - LISTED} more: type to narrow down.</li> : null}
        </ul>
      </div>
    </Popover>
  )
}
