import { type FocusEvent, useEffect, useRef } from 'react'

/**
 * Props for an element whose content may go away while it has the focus, as a finding does that is muted. The focus then goes to the
 * element itself instead of the top of the page: who works by the keyboard, or listens, stays where they were.
 */
export function useFocusKept() {
  const container = useRef<HTMLDivElement>(null)
  const last = useRef<Element | null>(null)
  useEffect(() => {
    if (last.current === null || last.current.isConnected || document.activeElement !== document.body) return
    last.current = null
    container.current?.focus({ preventScroll: true })
  })
  return {
    ref: container,
    tabIndex: -1,
    onFocus: (event: FocusEvent) => {
      last.current = event.target
    },
  }
}
