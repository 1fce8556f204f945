'use client'

import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons at the bottom, right-aligned. */
  actions?: ReactNode
  /** Tailwind width class; default `w-[420px]`. */
  width?: string
  /** Leaves out title bar and padding (the palette draws its own). The title still names the dialog for screen readers. */
  bare?: boolean
}

/**
 * A modal on the browser's own `<dialog>`: focus stays inside, Escape and a click outside close it, focus returns to where it was.
 * An element with `data-autofocus` gets the focus first.
 */
export function Dialog({ open, onClose, title, children, actions, width = 'w-[420px]', bare }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) {
      dialog.showModal()
      // The browser would take the first element that can be focused, which is often the close button.
      const first = dialog.querySelector<HTMLElement>('[data-autofocus]') ?? dialog
      first.focus()
    }
    if (!open && dialog.open) dialog.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way; this click is on the backdrop
    <dialog
      ref={element}
      tabIndex={-1}
      aria-labelledby={titleId}
      onClose={onClose}
      onClick={(event) => event.target === element.current && onClose()}
      className={classNames(
        'm-auto max-h-[85dvh] max-w-[calc(100vw-24px)] overflow-hidden rounded-lg border border-border-strong bg-surface-raised p-0 text-text shadow-overlay outline-none',
        bare && 'mt-[12vh]',
        width,
      )}
    >
      {open && bare ? (
        <>
          <h2 id={titleId} className="sr-only">
            {title}
          </h2>
          {children}
        </>
      ) : null}
      {open && !bare ? (
        <div className="flex max-h-[85dvh] flex-col">
          <header className="flex items-center justify-between gap-2 border-b border-border py-2 pr-2 pl-4">
            <h2 id={titleId} className="truncate font-semibold">
              {title}
            </h2>
            <Button look="quiet" size="small-icon" aria-label="Close" onClick={onClose}>
              <X size={14} />
            </Button>
          </header>
          <div className="overflow-y-auto px-4 py-3">{children}</div>
          {actions ? <footer className="flex justify-end gap-2 border-t border-border px-4 py-2.5">{actions}</footer> : null}
        </div>
      ) : null}
    </dialog>
  )
}
