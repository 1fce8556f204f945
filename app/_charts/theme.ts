'use client'

import { useSyncExternalStore } from 'react'
import { DARK_LOOK, LIGHT_LOOK, type Look } from './look.ts'

let cached: { theme: string; look: Look } | null = null

/** The look that the page's CSS variables describe right now. The same object until `data-theme` changes. */
function readLook(): Look {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
  if (cached?.theme === theme) return cached.look
  const style = getComputedStyle(document.documentElement)
  const fallback = theme === 'dark' ? DARK_LOOK : LIGHT_LOOK
  const read = (variable: string, otherwise: string) => longHex(style.getPropertyValue(variable).trim()) || otherwise
  const look: Look = {
    ...fallback,
    background: read('--background', fallback.background),
    text: read('--text', fallback.text),
    muted: read('--text-muted', fallback.muted),
    axis: read('--border-strong', fallback.axis),
    grid: read('--grid', fallback.grid),
    accent: read('--accent', fallback.accent),
    danger: read('--danger', fallback.danger),
    warning: read('--warning', fallback.warning),
    info: read('--info', fallback.info),
  }
  cached = { theme, look }
  return look
}

/** `#fff` → `#ffffff`: style sheets are made smaller, and colours are reckoned with. */
function longHex(colour: string): string {
  return /^#[0-9a-f]{3}$/i.test(colour) ? colour.replace(/[0-9a-f]/gi, '$&$&') : colour
}

function subscribe(notify: () => void): () => void {
  const observer = new MutationObserver(notify)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/** Look of the current theme; re-renders when the theme is switched. */
export function useLook(): Look {
  return useSyncExternalStore(subscribe, readLook, () => LIGHT_LOOK)
}
