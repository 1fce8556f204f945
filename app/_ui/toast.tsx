'use client'

import { X } from 'lucide-react'
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react'
import { Button } from './button.tsx'
import { classNames } from './class-names.ts'

interface Toast {
  id: number
  text: string
  tone: 'neutral' | 'danger'
}

const ToastContext = createContext<(text: string, tone?: Toast['tone']) => void>(() => {})

/** Errors stay until closed: they may hold something to act on. */
const VISIBLE_MS = 4_000

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([])
  const nextId = useRef(1)
  const close = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useCallback(
    (text: string, tone: Toast['tone'] = 'neutral') => {
      const id = nextId.current++
      setToasts((all) => [...all.slice(-3), { id, text, tone }])
      if (tone === 'neutral') setTimeout(() => close(id), VISIBLE_MS)
    },
    [close],
  )
  return (
    <ToastContext value={show}>
      {children}
      <div aria-live="polite" className="pointer-events-none fixed right-3 bottom-3 z-60 flex max-w-[calc(100vw-24px)] flex-col gap-2">
        {toasts.map((toast) => (
          <div
            key={toast.id}
            role={toast.tone === 'danger' ? 'alert' : 'status'}
            data-testid="toast"
            className={classNames(
              'pointer-events-auto flex w-80 max-w-full items-start gap-2 rounded-lg border bg-surface-raised py-2 pr-1.5 pl-3 text-sm shadow-overlay',
              toast.tone === 'danger' ? 'border-danger text-danger' : 'border-border-strong',
            )}
          >
            <span className="min-w-0 flex-1 py-0.5 break-words">{toast.text}</span>
            <Button look="quiet" size="small-icon" aria-label="Dismiss" onClick={() => close(toast.id)}>
              <X size={13} />
            </Button>
          </div>
        ))}
      </div>
    </ToastContext>
  )
}

/** `show(text, 'danger')` for failures: those stay until dismissed. */
export function useToast(): (text: string, tone?: 'neutral' | 'danger') => void {
  return useContext(ToastContext)
}
