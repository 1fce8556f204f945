'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { exactPatterns } from '../../core/ablation/ignored-keys.ts'
import { Button } from '../_ui/button.tsx'
import { Input } from '../_ui/input.tsx'

interface IgnoredKeysProps {
  /** Paths of configs that were not compared. */
  ignored: readonly string[]
  /** What they were left out by. */
  patterns: readonly string[]
  /** Gets the patterns to leave out from now on; null: they cannot be changed. */
  onChange: ((patterns: string[]) => void) | null
}

/** Settings that were left out of the comparison (seed, paths, host …): never silently, and each can be taken back. */
export function IgnoredKeys({ ignored, patterns, onChange }: IgnoredKeysProps) {
  const [text, setText] = useState('')
  const add = () => {
    const path = text.trim()
    if (path !== '' && onChange) onChange([...patterns, `/${path}`, `/${path}.*`])
    setText('')
  }
  return (
    <div className="flex flex-col gap-1" data-testid="ignored-keys">
      <p className="text-sm text-muted">
        {ignored.length === 0 ? 'Every setting is compared.' : 'Not compared, as they say where and as what a run ran and not what it did:'}
      </p>
      <ul className="flex flex-wrap gap-1">
        {ignored.map((path) => (
          <li key={path} className="inline-flex h-6 items-center gap-0.5 rounded bg-surface-hover pr-0.5 pl-1.5">
            <code className="font-mono text-xs">{path}</code>
            {onChange ? (
              <Button
                look="quiet"
                size="tiny-icon"
                aria-label={`Compare ${path}`}
                title="Compare this setting too"
                onClick={() => onChange(exactPatterns(ignored.filter((other) => other !== path)))}
              >
                <X size={11} />
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {onChange ? (
        <span className="flex items-center gap-1">
          <Input
            aria-label="Setting to leave out"
            placeholder="leave out another: data.cache"
            value={text}
            className="h-6 max-w-56 font-mono text-xs"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
          />
          <Button size="small-icon" aria-label="Leave this setting out" disabled={text.trim() === ''} onClick={add}>
            <Plus size={12} />
          </Button>
        </span>
      ) : null}
    </div>
  )
}
