'use client'

import { useSyncExternalStore } from 'react'

/** One clock for the page: a table of running runs must not start a timer per row. */
let current = 0
let timer: ReturnType<typeof setInterval> | null = null
const listeners = new Set<() => void>()

function tick(): void {
  current = Date.now()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(tick, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

function read(): number {
  if (Date.now() - current > 1_000) current = Date.now()
  return current
}

/** Now in ms since epoch, renewed every second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, read)
}
