'use client'

import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

interface TabsProps<Value extends string> {
  value: Value
  onChange: (value: Value) => void
  tabs: { value: Value; label: ReactNode; count?: number }[]
  /** Name of the list for screen readers. */
  label: string
  /** The panels: `<TabPanel value=…>`. */
  children?: ReactNode
}

/** Underlined tabs; arrow keys move between them. */
export function Tabs<Value extends string>({ value, onChange, tabs, label, children }: TabsProps<Value>) {
  return (
    <Primitive.Root value={value} onValueChange={(next) => onChange(next as Value)}>
      <Primitive.List aria-label={label} className="flex gap-4 overflow-x-auto border-b border-border">
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-8 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-muted -outline-offset-2 hover:text-text data-[state=active]:border-accent data-[state=active]:text-text"
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="num text-xs text-faint">{tab.count}</span>}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {children}
    </Primitive.Root>
  )
}

export function TabPanel({ value, children, className }: { value: string; children: ReactNode; className?: string }) {
  return (
    <Primitive.Content value={value} className={className}>
      {children}
    </Primitive.Content>
  )
}
