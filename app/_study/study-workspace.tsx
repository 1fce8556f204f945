'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useMemo, useState } from 'react'
import { buildTable } from '../../core/table/build-table.ts'
import { useCommands } from '../_shell/commands.ts'
import { useTRPC } from '../_trpc/trpc.ts'
import { Banner } from '../_ui/banner.tsx'
import { TabPanel, Tabs } from '../_ui/tabs.tsx'
import { CellRuns } from './cell-runs.tsx'
import { CurvesTab } from './curves-tab.tsx'
import { DifferencesTab } from './differences-tab.tsx'
import { FactorsTab } from './factors-tab.tsx'
import { RemoveStudy } from './remove-study.tsx'
import { RunsTab } from './runs-tab.tsx'
import { StudyHeader } from './study-header.tsx'
import { STUDY_VIEWS, type StudyView, studyParsers, VIEW_LABELS } from './study-params.ts'
import { drawnSettings, isBehind } from './study-settings.ts'
import { StudyWarnings } from './study-warnings.tsx'
import { TableTab } from './table-tab.tsx'
import type { StudyData } from './use-study.ts'
import { type TableDraft, useTableEditor } from './use-table-editor.ts'

interface StudyWorkspaceProps {
  data: StudyData
  busy: boolean
  /** The last reading failed; what is shown is older. */
  problem: string | null
  onRetry: () => void
  draft: TableDraft
}

/** What the page's dialogs are about: one cell of the table. */
export interface CellChoice {
  variant: string
  metric: string
}

export function StudyWorkspace({ data, busy, problem, onRetry, draft }: StudyWorkspaceProps) {
  const { study, result } = data
  const router = useRouter()
  const { data: info } = useQuery(useTRPC().store.info.queryOptions())
  const readOnly = info?.readOnly ?? false
  const [params, setParams] = useQueryStates(studyParsers)
  const editor = useTableEditor(draft, study.id, study.settings, readOnly)
  const settings = useMemo(() => drawnSettings(editor.settings, data.settings), [editor.settings, data.settings])
  const document = useMemo(() => buildTable(study, result, settings), [study, result, settings])
  const [cell, setCell] = useState<CellChoice | null>(null)
  const [removing, setRemoving] = useState(false)

  const factorial = study.shape === 'factorial' || study.shape === 'fractional'
  const views = STUDY_VIEWS.filter((view) => view !== 'factors' || factorial)
  const view: StudyView = views.includes(params.view) ? params.view : 'table'
  const setView = (next: StudyView) => void setParams({ view: next })
  const shownMetrics =
    settings.metrics.length === 0 ? result.metrics : settings.metrics.flatMap((name) => result.metrics.find((one) => one.name === name) ?? [])
  const metric = result.metrics.find(({ name }) => name === params.metric) ?? shownMetrics[0] ?? result.metrics[0]
  const setMetric = (name: string) => void setParams({ metric: name })
  useCommands([
    ...views.map((one, index) => ({ id: `study-${one}`, label: VIEW_LABELS[one], group: 'Study', keys: String(index + 1), run: () => setView(one) })),
    {
      id: 'study-undo',
      label: 'Undo the last change of the table',
      group: 'Study',
      keys: 'mod+z',
      run: () => editor.undo?.(),
      disabled: !editor.undo,
    },
    { id: 'study-redo', label: 'Redo', group: 'Study', keys: 'mod+Shift+z', run: () => editor.redo?.(), disabled: !editor.redo },
    { id: 'study-remove', label: 'Remove this study', group: 'Study', run: () => setRemoving(true), disabled: readOnly },
  ])
  return (
    <div data-testid="study-page" data-busy={busy || isBehind(editor.settings, data.settings)}>
      {problem ? (
        <Banner tone="warning">
          What is shown may be out of date: {problem}{' '}
          <button type="button" className="underline" onClick={onRetry}>
            Read again
          </button>
        </Banner>
      ) : null}
      <StudyHeader data={data} readOnly={readOnly} onRemove={() => setRemoving(true)} />
      <StudyWarnings result={result} />
      <div className="px-3">
        <Tabs label="Views" value={view} onChange={setView} tabs={views.map((value) => ({ value, label: VIEW_LABELS[value] }))}>
          <TabPanel value="table" className="pt-3">
            <TableTab
              study={study}
              result={result}
              settings={settings}
              document={document}
              editor={editor}
              busy={isBehind(editor.settings, data.settings)}
              readOnly={readOnly}
              onCell={setCell}
            />
          </TabPanel>
          <TabPanel value="differences" className="pt-3">
            <DifferencesTab result={result} settings={settings} metric={metric} onMetric={setMetric} onCell={setCell} />
          </TabPanel>
          {factorial ? (
            <TabPanel value="factors" className="pt-3">
              <FactorsTab result={result} settings={settings} metric={metric} onMetric={setMetric} />
            </TabPanel>
          ) : null}
          <TabPanel value="curves" className="pt-3">
            <CurvesTab study={study} result={result} settings={settings} metric={metric} />
          </TabPanel>
          <TabPanel value="runs" className="pt-3">
            <RunsTab study={study} result={result} settings={settings} readOnly={readOnly} />
          </TabPanel>
        </Tabs>
      </div>
      <CellRuns choice={cell} result={result} onClose={() => setCell(null)} />
      <RemoveStudy study={removing ? study : null} onClose={() => setRemoving(false)} onRemoved={() => router.push('/ablations')} />
    </div>
  )
}
