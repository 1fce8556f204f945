'use client'

import { Check } from 'lucide-react'
import { DropdownMenu, Slot } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'

const ITEM =
  'flex h-7 cursor-default items-center gap-2 rounded px-2 text-sm outline-none select-none data-disabled:opacity-45 data-highlighted:bg-surface-hover'

/**
 * A drop-down menu. `trigger` is the button that opens it; children are the items below.
 * Give a function where there are many: the menu proper and its items are made
 * when it is first opened. A table has one per row, and making hundreds that nobody opens makes scrolling stutter.
 */
export function Menu({
  trigger,
  children,
  align = 'start',
}: {
  trigger: ReactNode
  children: ReactNode | (() => ReactNode)
  align?: 'start' | 'end'
}) {
  const [made, setMade] = useState(false)
  if (!made)
    return (
      <Slot.Root aria-haspopup="menu" aria-expanded={false} onClick={() => setMade(true)}>
        {trigger}
      </Slot.Root>
    )
  return (
    // Not modal: the modal kind injects a style element, which the content security policy refuses.
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-dropdown-menu-content-available-height) max-w-80 min-w-44 overflow-y-auto rounded-lg border border-border-strong bg-surface-raised p-1 text-text shadow-overlay"
        >
          {typeof children === 'function' ? children() : children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  children: ReactNode
  onSelect: () => void
  icon?: ReactNode
  shortcut?: string
  danger?: boolean
  disabled?: boolean
}

export function MenuItem({ children, onSelect, icon, shortcut, danger, disabled }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={classNames(ITEM, danger && 'text-danger')} onSelect={onSelect} disabled={disabled}>
      {icon ? <span className="text-faint">{icon}</span> : null}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {shortcut ? <Kbd keys={shortcut} /> : null}
    </DropdownMenu.Item>
  )
}

/** One of several choices; the chosen one has a check mark. */
export function MenuChoice({ children, checked, onSelect }: { children: ReactNode; checked: boolean; onSelect: () => void }) {
  return (
    <DropdownMenu.CheckboxItem className={ITEM} checked={checked} onSelect={onSelect}>
      <span className="w-3.5 shrink-0 text-accent">{checked ? <Check size={14} /> : null}</span>
      <span className="min-w-0 flex-1 truncate">{children}</span>
    </DropdownMenu.CheckboxItem>
  )
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-border" />
}

export function MenuHeading({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2 pt-1 pb-0.5 text-xs text-faint">{children}</DropdownMenu.Label>
}
