'use client'

import { useQueryState } from 'nuqs'
import { useEffect } from 'react'
import { RunDiagnosisProvider } from '../_findings/diagnosis-context.tsx'
import { useCommands } from '../_shell/commands.ts'
import { ErrorState } from '../_ui/error-state.tsx'
import { TabPanel, Tabs } from '../_ui/tabs.tsx'
import { ChartsTab } from './charts-tab.tsx'
import { ConfigTab } from './config-tab.tsx'
import { ConsoleTab } from './console-tab.tsx'
import { DataTab } from './data-tab.tsx'
import { EnvironmentTab } from './environment-tab.tsx'
import { LineageTab } from './lineage-tab.tsx'
import type { RunData } from './run-data.ts'
import { RunHeader } from './run-header.tsx'
import { DeletedRun, UnknownRun } from './run-missing.tsx'
import { RunNotices } from './run-notices.tsx'
import { RunSkeleton } from './run-skeleton.tsx'
import { RUN_TABS, type RunTab, runTabParser, TAB_LABELS } from './run-tabs.ts'
import { SystemTab } from './system-tab.tsx'
import { useRun } from './use-run.ts'

/** One run: header, notices and the seven tabs. `reference`: id, name or #number. */
export function RunPage({ reference }: { reference: string }) {
  const state = useRun(reference)
  const title = state.status === 'ready' ? `${state.data.run.name} · Lossboard` : null
  useEffect(() => {
    if (title) document.title = title
  }, [title])
  switch (state.status) {
    case 'loading':
      return <RunSkeleton />
    case 'unknown':
      return <UnknownRun reference={reference} />
    case 'deleted':
      return <DeletedRun name={state.name} project={state.project} />
    case 'failed':
      return <ErrorState title="The run could not be read" error={state.message} onRetry={state.retry} />
    case 'ready':
      return <LoadedRun key={state.data.run.id} data={state.data} retrying={state.retrying} />
  }
}

function LoadedRun({ data, retrying }: { data: RunData; retrying: boolean }) {
  const [tab, setTab] = useQueryState('tab', runTabParser)
  useCommands(
    RUN_TABS.map((name, index) => ({
      id: `run-tab-${name}`,
      label: TAB_LABELS[name],
      group: 'Run',
      keys: String(index + 1),
      run: () => void setTab(name),
    })),
  )
  const counts = tabCounts(data)
  return (
    <div data-testid="run-page" data-run={data.run.id}>
      <RunHeader data={data} />
      <RunNotices data={data} retrying={retrying} />
      <div className="[&>div>[role=tablist]]:px-4">
        <Tabs
          label="Parts of the run"
          value={tab}
          onChange={(next) => void setTab(next)}
          tabs={RUN_TABS.map((value) => ({ value, label: TAB_LABELS[value], count: counts[value] }))}
        >
          <TabPanel value="charts">
            <RunDiagnosisProvider run={data.run}>
              <ChartsTab data={data} />
            </RunDiagnosisProvider>
          </TabPanel>
          <TabPanel value="config">
            <ConfigTab data={data} />
          </TabPanel>
          <TabPanel value="environment">
            <EnvironmentTab run={data.run} />
          </TabPanel>
          <TabPanel value="console">
            <ConsoleTab data={data} />
          </TabPanel>
          <TabPanel value="system">
            <SystemTab data={data} />
          </TabPanel>
          <TabPanel value="data">
            <DataTab data={data} />
          </TabPanel>
          <TabPanel value="lineage">
            <LineageTab data={data} />
          </TabPanel>
        </Tabs>
      </div>
    </div>
  )
}

function tabCounts({ series, attempts, parent, children, links }: RunData): Partial<Record<RunTab, number>> {
  const relatives = (parent ? 1 : 0) + children.length + links.to.length + links.from.length
  return {
    data: series.length,
    lineage: attempts.length > 1 || relatives > 0 ? attempts.length + relatives : undefined,
  }
}
