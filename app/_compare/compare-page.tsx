'use client'

import { useQueryStates } from 'nuqs'
import { useEffect, useMemo } from 'react'
import { ErrorState } from '../_ui/error-state.tsx'
import { compareParsers } from './compare-params.ts'
import { CompareSkeleton } from './compare-skeleton.tsx'
import { CompareStart } from './compare-start.tsx'
import { CompareWorkspace } from './compare-workspace.tsx'
import { useCompareRuns } from './use-compare-runs.ts'

/** Several runs side by side: curves, figures and config. */
export function ComparePage() {
  const [params, setParams] = useQueryStates(compareParsers)
  // `runs=a,b,` ends in an empty id.
  const ids = useMemo(() => params.runs.filter((id) => id !== ''), [params.runs])
  const { data, enabled, isPending, error, retry } = useCompareRuns({ ids, project: params.project, all: params.all })
  const hidden = useMemo(() => new Set(params.hidden), [params.hidden])
  const count = data?.runs.length
  useEffect(() => {
    const title = count === undefined ? 'Compare' : `Compare ${count} ${count === 1 ? 'run' : 'runs'}`
    document.title = `${title} · Lossboard`
  }, [count])
  if (!enabled) return <CompareStart />
  if (isPending) return <CompareSkeleton />
  if (error && !data) return <ErrorState title="The runs could not be read" error={error} onRetry={retry} />
  if (!data) return <CompareSkeleton />
  if (data.runs.length === 0) return <CompareStart missing={data.missing} project={params.project} />
  const byIds = !params.all && params.project === null
  return (
    <CompareWorkspace
      data={data}
      params={params}
      hidden={hidden}
      onParams={(next) => void setParams(next)}
      onRemove={byIds ? (id) => void setParams({ runs: params.runs.filter((other) => other !== id) }) : undefined}
    />
  )
}
