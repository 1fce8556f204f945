'use client'

import { parseAsString, useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import {
  type ChartSettings,
  namesSmoothing,
  readAmount,
  readSettings,
  readSmoothingKind,
  type SmoothingKind,
  type UrlValues,
} from './chart-settings.ts'

const PARSERS = {
  smoothing: parseAsString,
  smooth: parseAsString,
  x: parseAsString,
  logy: parseAsString,
  outliers: parseAsString,
  zoom: parseAsString,
  order: parseAsString,
}

export interface ChartControls extends ChartSettings {
  smoothingKind: SmoothingKind
  /** Weight, window, σ or half-life, by kind. */
  amount: number
  /** True once someone chose a smoothing: before that a kind of chart may have a default of its own. */
  smoothingChosen: boolean
  /** Writes to the URL; null goes back to the default. */
  set(change: Partial<UrlValues>): void
}

/** The page's chart settings. They live in the URL, so a link shows the same picture and Back undoes nothing unexpected. */
export function useChartControls(): ChartControls {
  const [url, setUrl] = useQueryStates(PARSERS, { history: 'replace', shallow: true, scroll: false, throttleMs: 100 })
  const set = useCallback((change: Partial<UrlValues>) => void setUrl(change), [setUrl])
  return useMemo(() => {
    const smoothingKind = readSmoothingKind(url.smoothing)
    return {
      ...readSettings(url),
      smoothingKind,
      amount: readAmount(smoothingKind, url.smooth),
      smoothingChosen: namesSmoothing(url),
      set,
    }
  }, [url, set])
}
