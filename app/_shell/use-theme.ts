'use client'

import { useSyncExternalStore } from 'react'
import { THEME_KEY } from './theme-script.ts'

export type Theme = 'light' | 'dark'

function read(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
}

function apply(theme: Theme): void {
  document.documentElement.dataset.theme = theme
}

export function toggleTheme(): void {
  const next = read() === 'dark' ? 'light' : 'dark'
  apply(next)
  try {
    localStorage.setItem(THEME_KEY, next)
  } catch {
    // Storage switched off: the choice holds for this page only.
  }
}

function isChosen(): boolean {
  try {
    return localStorage.getItem(THEME_KEY) !== null
  } catch {
    // Storage switched off: whatever was chosen on this page must not be undone by the system.
    return true
  }
}

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const media = matchMedia('(prefers-color-scheme: dark)')
  const followSystem = () => {
    if (!isChosen()) apply(media.matches ? 'dark' : 'light')
  }
  media.addEventListener('change', followSystem)
  // The system may have changed between the first paint and now.
  followSystem()
  return () => {
    observer.disconnect()
    media.removeEventListener('change', followSystem)
  }
}

/** The theme in force. It changes with the toggle and, until something was chosen, with the system. */
export function useTheme(): Theme {
  return useSyncExternalStore<Theme>(subscribe, read, () => 'light')
}
