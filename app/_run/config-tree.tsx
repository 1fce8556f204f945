'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { configText } from '../../core/config-diff.ts'
import type { Json, JsonObject } from '../../core/run.ts'
import { KeyValueRow } from './key-value-row.tsx'

/** Nested settings, each object under its key and foldable. */
export function ConfigTree({ value, depth }: { value: JsonObject; depth: number }) {
  return Object.entries(value).map(([key, item]) =>
    isBranch(item) ? (
      <Branch key={key} name={key} value={item} depth={depth} />
    ) : (
      <KeyValueRow key={key} name={key} value={configText(item)} depth={depth} mono />
    ),
  )
}

function isBranch(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0
}

function Branch({ name, value, depth }: { name: string; value: JsonObject; depth: number }) {
  const [open, setOpen] = useState(true)
  const Chevron = open ? ChevronDown : ChevronRight
  const size = Object.keys(value).length
  return (
    <>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-7 w-full items-center gap-1 border-t border-border pr-3 text-left first:border-t-0 hover:bg-surface-hover"
        style={{ paddingLeft: 8 + depth * 16 }}
      >
        <Chevron size={13} className="shrink-0 text-faint" />
        <span className="truncate font-medium" title={name}>
          {name}
        </span>
        <span className="num text-xs text-faint">{size}</span>
      </button>
      {open ? <ConfigTree value={value} depth={depth + 1} /> : null}
    </>
  )
}
