'use client'

import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../_ui/button.tsx'
import { Checkbox } from '../_ui/checkbox.tsx'
import { Popover } from '../_ui/popover.tsx'
import { type VariantRuns, variantLook } from './curves-of.ts'

interface VariantPickerProps {
  /** In the order of the study: it gives each its colour. */
  variants: readonly VariantRuns[]
  /** Keys in the order of the table; hidden rows follow. */
  order: readonly string[]
  shown: ReadonlySet<string>
  onShown: (keys: string[]) => void
}

/** Which variants are drawn. */
export function VariantPicker({ variants, order, shown, onShown }: VariantPickerProps) {
  const id = useId()
  const keys = [...order, ...variants.map(({ key }) => key).filter((key) => !order.includes(key))]
  const toggle = (key: string, on: boolean) => {
    const next = keys.filter((one) => (one === key ? on : shown.has(one)))
    // Nothing drawn would come back as the default.
    if (next.length > 0) onShown(next)
  }
  return (
    <Popover
      label="Variants drawn"
      className="max-h-80 w-72 overflow-y-auto p-2"
      trigger={
        <Button size="small" data-testid="variant-picker">
          Variants
          <span className="num text-faint">
            {shown.size}/{variants.length}
          </span>
          <ChevronDown size={12} />
        </Button>
      }
    >
      <div className="flex flex-col">
        <Button look="quiet" size="small" className="self-start" onClick={() => onShown(keys)}>
          All
        </Button>
        {keys.map((key) => {
          const index = variants.findIndex((one) => one.key === key)
          const variant = variants[index]
          if (!variant) return null
          return (
            <label key={key} htmlFor={`${id}${key}`} className="flex min-h-6 items-center gap-2 text-sm">
              <Checkbox id={`${id}${key}`} checked={shown.has(key)} onChange={(event) => toggle(key, event.target.checked)} />
              <span aria-hidden className="h-0.5 w-3 shrink-0" style={{ background: variantLook(index).colour }} />
              <span className="min-w-0 flex-1 truncate">{variant.label}</span>
              <span className="num text-xs text-faint">{variant.runIds.length}</span>
            </label>
          )
        })}
      </div>
    </Popover>
  )
}
