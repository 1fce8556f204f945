'use client'

import { CircleHelp, Search, X } from 'lucide-react'
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { type Completion, type CompletionSource, completeFilter, type Suggestion } from '../../core/filter/complete-filter.ts'
import type { FilterProblem } from '../../core/filter/syntax.ts'
import { Button } from '../_ui/button.tsx'
import { classNames } from '../_ui/class-names.ts'
import { Kbd } from '../_ui/kbd.tsx'
import { Popover } from '../_ui/popover.tsx'
import { FilterHelp } from './filter-help.tsx'

interface FilterBoxProps {
  text: string
  onChange: (text: string) => void
  /** The writing has ended. */
  onLeave: () => void
  problem: FilterProblem | null
  source: CompletionSource
  ref: Ref<{ focus(): void }>
}

/** The filter, with suggestions while typing and the mistake, if any, said below. */
export function FilterBox({ text, onChange, onLeave, problem, source, ref }: FilterBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState(text)
  const [completion, setCompletion] = useState<Completion | null>(null)
  const [chosen, setChosen] = useState(-1)
  const listId = useId()
  // The address may change by itself: back button, a link to another view.
  useEffect(() => setTyped(text), [text])
  useImperativeHandle(ref, () => ({
    focus: () => {
      input.current?.focus()
      input.current?.select()
    },
  }))

  const suggestions = completion?.suggestions ?? []
  const suggest = (value: string, cursor: number) => {
    setCompletion(completeFilter(value, cursor, source))
    setChosen(-1)
  }
  const change = (value: string) => {
    setTyped(value)
    onChange(value)
  }
  const take = (suggestion: Suggestion) => {
    if (!completion) return
    const value = typed.slice(0, completion.from) + suggestion.insert + typed.slice(completion.to)
    const cursor = completion.from + suggestion.insert.length
    change(value)
    suggest(value, cursor)
    requestAnimationFrame(() => input.current?.setSelectionRange(cursor, cursor))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const move = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const suggestion = suggestions[chosen] ?? (event.key === 'Tab' && completion && completion.to > completion.from ? suggestions[0] : undefined)
    if (move !== 0 && suggestions.length > 0) {
      event.preventDefault()
      setChosen((chosen + move + suggestions.length + (chosen < 0 && move < 0 ? 1 : 0)) % suggestions.length)
    } else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion && !event.shiftKey) {
      event.preventDefault()
      take(suggestion)
    } else if (event.key === 'Enter') {
      input.current?.blur()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (suggestions.length > 0) setCompletion(null)
      else input.current?.blur()
    }
  }

  return (
    <div className="relative min-w-0 flex-1 basis-44">
      <div
        className={classNames(
          'flex h-7 items-center gap-1.5 rounded border bg-surface-raised pr-0.5 pl-2 focus-within:outline-2 focus-within:outline-accent/30',
          problem ? 'border-danger' : 'border-border-strong focus-within:border-accent',
        )}
      >
        <Search size={13} className="shrink-0 text-faint" aria-hidden />
        <input
          ref={input}
          role="combobox"
          aria-label="Filter runs"
          aria-expanded={suggestions.length > 0}
          aria-controls={listId}
          aria-activedescendant={chosen < 0 ? undefined : `${listId}-${chosen}`}
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${listId}-problem` : undefined}
          value={typed}
          placeholder="Filter: config.lr < 1e-2 and val/accuracy > 0.9, tag:baseline, or any words"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          data-testid="filter-input"
          className="h-full min-w-0 flex-1 bg-transparent text-sm outline-none"
          onChange={(event) => {
            change(event.target.value)
            suggest(event.target.value, event.target.selectionStart ?? event.target.value.length)
          }}
          onFocus={(event) => suggest(event.target.value, event.target.value.length)}
          onClick={(event) => suggest(typed, event.currentTarget.selectionStart ?? typed.length)}
          onBlur={() => {
            setCompletion(null)
            onLeave()
          }}
          onKeyDown={onKeyDown}
        />
        {typed === '' ? (
          <span className="max-sm:hidden">
            <Kbd keys="/" />
          </span>
        ) : (
          <Button look="quiet" size="tiny-icon" aria-label="Clear the filter" onClick={() => change('')}>
            <X size={13} />
          </Button>
        )}
        <Popover
          label="How to filter"
          align="end"
          trigger={
            <Button look="quiet" size="tiny-icon" aria-label="How to filter">
              <CircleHelp size={13} />
            </Button>
          }
        >
          <FilterHelp />
        </Popover>
      </div>
      {problem ? (
        <p
          id={`${listId}-problem`}
          role="alert"
          data-testid="filter-problem"
          className="absolute top-full left-0 z-30 mt-1 max-w-full rounded border border-danger bg-danger-soft px-2 py-0.5 text-sm text-danger"
        >
          {problem.message}
        </p>
      ) : null}
      <Suggestions id={listId} suggestions={suggestions} chosen={chosen} below={problem !== null} onTake={take} />
    </div>
  )
}

interface SuggestionsProps {
  id: string
  suggestions: Suggestion[]
  chosen: number
  /** Leaves room for the message. */
  below: boolean
  onTake: (suggestion: Suggestion) => void
}

function Suggestions({ id, suggestions, chosen, below, onTake }: SuggestionsProps) {
  return (
    <div
      id={id}
      role="listbox"
      tabIndex={-1}
      aria-label="Suggestions"
      hidden={suggestions.length === 0}
      className={classNames(
        'absolute top-full left-0 z-30 max-h-80 w-96 max-w-full overflow-y-auto rounded-lg border border-border-strong bg-surface-raised p-1 shadow-overlay',
        below ? 'mt-8' : 'mt-1',
      )}
    >
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.insert}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          className={classNames(
            'flex h-6 cursor-default items-center justify-between gap-4 rounded px-2 text-sm hover:bg-surface-hover',
            index === chosen && 'bg-surface-hover',
          )}
          // Before the input loses the focus.
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(suggestion)
          }}
        >
          <span className="truncate font-medium">{suggestion.label}</span>
          <span className="shrink-0 truncate text-xs text-faint">{suggestion.detail}</span>
        </div>
      ))}
    </div>
  )
}
