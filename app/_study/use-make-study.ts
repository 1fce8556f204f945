'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { StudyDefinition, StudyMetric } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { Run } from '../../core/run.ts'
import { useTRPC } from '../_trpc/trpc.ts'

/** Metrics that are ticked before anybody chooses. */
const CHOSEN_FIRST = 2
/** While a name or heading is typed nothing is asked (ms). */
const SETTLED_MS = 200

export interface StudyPreview {
  definition: StudyDefinition
  result: StudyResult
}

/** What a study of these runs would be, as it is put together. */
export function useMakeStudy(runs: readonly Run[]) {
  const trpc = useTRPC()
  const runIds = useMemo(() => runs.map(({ id }) => id), [runs])
  const projects = useMemo(() => projectsOf(runs), [runs])
  const [name, setName] = useState(() => suggestedName(runs))
  const [project, setProject] = useState(projects[0] ?? '')
  const [chosen, setChosen] = useState<StudyMetric[] | null>(null)
  const [baseline, setBaseline] = useState<string | null>(null)
  const [ignore, setIgnore] = useState<string[] | null>(null)

  const suggested = useQuery(trpc.studies.metrics.queryOptions({ runIds }, { enabled: runIds.length > 0 }))
  const metrics = useMemo(() => chosen ?? firstMetrics(suggested.data ?? [], runs.length), [chosen, suggested.data, runs.length])
  const input = useMemo(
    () => ({ name: name.trim() || 'study', project, runIds, metrics, baseline, ...(ignore && { ignore }) }),
    [name, project, runIds, metrics, baseline, ignore],
  )
  const [asked, setAsked] = useState(input)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(input), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [input])
  const preview = useQuery(
    trpc.studies.preview.queryOptions(asked, { enabled: asked.metrics.length > 0 && asked.project !== '', placeholderData: keepPreviousData }),
  )
  return {
    name,
    setName,
    project,
    setProject,
    projects,
    suggested,
    metrics,
    setMetrics: setChosen,
    setBaseline,
    setIgnore,
    preview: preview.data as unknown as StudyPreview | undefined,
    previewError: preview.error,
    busy: preview.isFetching || asked !== input,
    input,
  }
}

/** Projects of the runs, the one of most first. */
export function projectsOf(runs: readonly Pick<Run, 'project'>[]): string[] {
  const counts = new Map<string, number>()
  for (const { project } of runs) counts.set(project, (counts.get(project) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([project]) => project)
}

/** The group that all share, else the project. */
export function suggestedName(runs: readonly Pick<Run, 'project' | 'group'>[]): string {
  const groups = new Set(runs.map(({ group }) => group))
  const [only] = groups
  const base = groups.size === 1 && only ? only : (projectsOf(runs)[0] ?? '')
  return `${base} ${/ablat/i.test(base) ? 'study' : 'ablation'}`.trim()
}

/** Those that every run has, before those that only some have. */
export function firstMetrics(suggestions: readonly { metric: StudyMetric; runs: number }[], runs: number): StudyMetric[] {
  const whole = suggestions.filter((one) => one.runs === runs)
  return (whole.length > 0 ? whole : suggestions).slice(0, CHOSEN_FIRST).map(({ metric }) => metric)
}
