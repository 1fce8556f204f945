'use client'

import { Columns3, GripVertical, RotateCcw } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import { naturalCompare } from '../../core/metric-groups.ts'
import { type Field, type Figure, fieldId, RUN_FIELDS, type RunField } from '../../core/run-fields/field.ts'
import { matchWords } from '../_shell/match-words.ts'
import { Button } from '../_ui/button.tsx'
import { Checkbox } from '../_ui/checkbox.tsx'
import { Input } from '../_ui/input.tsx'
import { Popover } from '../_ui/popover.tsx'
import { columnTitle } from './column-look.ts'
import { moveColumn } from './column-order.ts'

interface ColumnPickerProps {
  columns: readonly Field[]
  configKeys: readonly string[]
  metrics: readonly string[]
  onChange: (columns: Field[] | null) => void
}

const FIGURES: Figure[] = ['last', 'min', 'max']
/** A project can have thousands of metrics; the search finds the rest. */
const SHOWN_MAX = 200

/** Chooses and orders the columns: fields of the run, every config key, every metric with the figure to show. */
export function ColumnPicker({ columns, configKeys, metrics, onChange }: ColumnPickerProps) {
  const [text, setText] = useState('')
  const shown = new Set(columns.map(fieldId))
  const toggle = (field: Field) =>
    onChange(shown.has(fieldId(field)) ? columns.filter((column) => fieldId(column) !== fieldId(field)) : [...columns, field])
  const runFields = (Object.keys(RUN_FIELDS) as RunField[]).filter((name) => name !== 'name' && matchWords(text, [name, RUN_FIELDS[name].label]))
  const keys = [...configKeys].sort(naturalCompare).filter((key) => matchWords(text, [`config.${key}`]))
  const names = [...metrics].sort(naturalCompare).filter((name) => matchWords(text, [name]))
  return (
    <Popover
      label="Columns"
      align="end"
      trigger={
        <Button data-testid="column-picker">
          <Columns3 size={14} />
          <span className="max-sm:sr-only">Columns</span>
        </Button>
      }
      className="flex max-h-[min(620px,80dvh)] w-[360px] flex-col"
    >
      <div className="flex gap-2 border-b border-border p-2">
        <Input value={text} onChange={(event) => setText(event.target.value)} placeholder="Find a column" aria-label="Find a column" autoFocus />
        <Button look="quiet" title="Show the columns that say most about these runs" onClick={() => onChange(null)}>
          <RotateCcw size={13} />
          Reset
        </Button>
      </div>
      <div className="min-h-0 overflow-y-auto p-2 text-sm">
        {text === '' && columns.length > 0 ? <ShownColumns columns={columns} onChange={onChange} /> : null}
        <Section title="Run" count={runFields.length}>
          {runFields.map((name) => (
            <Choice key={name} label={RUN_FIELDS[name].label} checked={shown.has(name)} onToggle={() => toggle({ kind: 'run', name })} />
          ))}
        </Section>
        <Section title="Metrics" count={names.length}>
          {names.slice(0, SHOWN_MAX).map((name) => (
            <MetricChoice key={name} name={name} shown={shown} onToggle={(figure) => toggle({ kind: 'metric', name, figure })} />
          ))}
        </Section>
        <Section title="Config" count={keys.length}>
          {keys.slice(0, SHOWN_MAX).map((key) => (
            <Choice key={key} label={key} checked={shown.has(`config.${key}`)} onToggle={() => toggle({ kind: 'config', key })} />
          ))}
        </Section>
        {runFields.length + keys.length + names.length === 0 ? <p className="py-4 text-center text-muted">No column is called that.</p> : null}
      </div>
    </Popover>
  )
}

function Section({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  if (count === 0) return null
  return (
    <section className="mb-2">
      <h3 className="flex justify-between py-1 text-xs font-semibold text-faint">
        {title}
        {count > SHOWN_MAX ? (
          <span className="font-normal">
            first {SHOWN_MAX} of {count}: search for the others
          </span>
        ) : null}
      </h3>
      {children}
    </section>
  )
}

function Choice({ label, checked, onToggle }: { label: string; checked: boolean; onToggle: () => void }) {
  const id = useId()
  return (
    <label htmlFor={id} className="flex h-6 items-center gap-2 rounded px-1 hover:bg-surface-hover">
      <Checkbox id={id} checked={checked} onChange={onToggle} />
      <span className="truncate">{label}</span>
    </label>
  )
}

function MetricChoice({ name, shown, onToggle }: { name: string; shown: ReadonlySet<string>; onToggle: (figure: Figure) => void }) {
  const id = useId()
  return (
    <div className="flex h-6 items-center gap-2 rounded px-1 hover:bg-surface-hover">
      <span className="min-w-0 flex-1 truncate" title={name}>
        {name}
      </span>
      {FIGURES.map((figure) => (
        <label key={figure} htmlFor={id + figure} className="flex items-center gap-1 text-xs text-muted">
          <Checkbox id={id + figure} checked={shown.has(`${figure}(${name})`)} onChange={() => onToggle(figure)} aria-label={`${name} ${figure}`} />
          {figure}
        </label>
      ))}
    </div>
  )
}

/** The columns in their order: dragged by mouse, moved by the arrow keys. */
function ShownColumns({ columns, onChange }: { columns: readonly Field[]; onChange: (columns: Field[]) => void }) {
  const swap = (index: number, by: -1 | 1) => {
    const other = columns[index + by]
    const own = columns[index]
    if (own && other) onChange(by < 0 ? moveColumn(columns, fieldId(own), fieldId(other)) : moveColumn(columns, fieldId(other), fieldId(own)))
  }
  return (
    <section className="mb-2 border-b border-border pb-2">
      <h3 className="py-1 text-xs font-semibold text-faint">Shown, in this order</h3>
      <ol>
        {columns.map((field, index) => (
          <li
            key={fieldId(field)}
            draggable
            className="flex h-6 items-center gap-1 rounded px-1 hover:bg-surface-hover"
            onDragStart={(event) => event.dataTransfer.setData('text/lossboard-column', fieldId(field))}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => onChange(moveColumn(columns, event.dataTransfer.getData('text/lossboard-column'), fieldId(field)))}
          >
            <button
              type="button"
              aria-label={`Move ${columnTitle(field)}: arrow up or down`}
              className="cursor-grab rounded text-faint"
              onKeyDown={(event) => {
                const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null
                if (by === null) return
                event.preventDefault()
                swap(index, by)
              }}
            >
              <GripVertical size={13} />
            </button>
            <span className="min-w-0 flex-1 truncate" title={columnTitle(field)}>
              {field.kind === 'run' ? RUN_FIELDS[field.name].label : field.kind === 'config' ? field.key : field.name}
              {field.kind === 'metric' ? <span className="text-faint"> {field.figure}</span> : null}
            </span>
            <Button
              look="quiet"
              size="small"
              className="h-5 px-1 text-xs"
              aria-label={`Hide ${columnTitle(field)}`}
              onClick={() => onChange(columns.filter((column) => column !== field))}
            >
              Hide
            </Button>
          </li>
        ))}
      </ol>
    </section>
  )
}
