'use client'

import { parseAsString, useQueryState } from 'nuqs'
import { createContext, type ReactNode, useContext, useMemo } from 'react'
import type { ShapeChart } from '../../core/diagnosis/shapes/shapes.ts'
import type { Run } from '../../core/run.ts'
import type { XySpan } from '../_charts/xy/xy-data.ts'
import { findingSpans, type RunAnswer } from './shown-finding.ts'
import { useRunDiagnosis } from './use-run-diagnosis.ts'

interface RunDiagnosisState {
  answer: RunAnswer | undefined
  error: unknown
  /** Rule of the finding pointed out in the charts; null: the gravest are shaded. */
  chosen: string | null
  choose: (rule: string | null) => void
}

const DiagnosisContext = createContext<RunDiagnosisState>({ answer: undefined, error: null, chosen: null, choose: () => {} })

/** Gives the parts of a run's page what is wrong with the run. */
export function RunDiagnosisProvider({ run, children }: { run: Run; children: ReactNode }) {
  const { data, error } = useRunDiagnosis(run)
  const [chosen, setChosen] = useQueryState('finding', parseAsString)
  const state = useMemo(
    () => ({ answer: data, error, chosen, choose: (rule: string | null) => void setChosen(rule) }),
    [data, error, chosen, setChosen],
  )
  return <DiagnosisContext value={state}>{children}</DiagnosisContext>
}

export function useDiagnosis(): RunDiagnosisState {
  return useContext(DiagnosisContext)
}

const NONE: XySpan[] = []

/** Stretches to shade in a chart of these metrics; the same array while nothing changed. */
export function useFindingSpans(metrics: readonly string[], main: ShapeChart | null): readonly XySpan[] {
  const { answer, chosen } = useDiagnosis()
  const text = useMemo(() => {
    const spans = answer ? findingSpans(answer, { metrics, main, chosen }) : NONE
    return spans.length > 0 ? JSON.stringify(spans) : ''
  }, [answer, metrics, main, chosen])
  return useMemo(() => (text === '' ? NONE : (JSON.parse(text) as XySpan[])), [text])
}

/** Scrolls to the first chart of one of these metrics, and gives it the focus. False when no chart shows one. */
export function jumpToChart(metrics: readonly string[]): boolean {
  const charts = [...document.querySelectorAll<HTMLElement>('[data-metrics]')]
  const found = charts.find((chart) => chart.dataset.metrics?.split('\n').some((name) => metrics.includes(name)))
  if (!found) return false
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  found.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' })
  // What can take the focus is drawn once the chart is near.
  setTimeout(() => found.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true }), still ? 50 : 500)
  return true
}
