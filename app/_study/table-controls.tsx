'use client'

import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import { Section } from '../_ui/section.tsx'
import { ColumnsEditor } from './columns-editor.tsx'
import { GroupsEditor } from './groups-editor.tsx'
import { MetricsEditor } from './metrics-editor.tsx'
import { NumbersEditor } from './numbers-editor.tsx'
import { RowsEditor } from './rows-editor.tsx'
import { TestsEditor } from './tests-editor.tsx'
import { TextsEditor } from './texts-editor.tsx'
import type { TableEditor } from './use-table-editor.ts'

interface TableControlsProps {
  study: Study
  result: StudyResult
  editor: TableEditor
  readOnly: boolean
}

/** Everything about the table that can be chosen. */
export function TableControls({ study, result, editor, readOnly }: TableControlsProps) {
  const { settings, change } = editor
  return (
    <div
      className="flex min-w-0 flex-col gap-2 text-sm lg:sticky lg:top-3 lg:max-h-[calc(100dvh-68px)] lg:self-start lg:overflow-y-auto lg:border-l lg:border-border lg:pr-2 lg:pl-4"
      data-testid="table-controls"
    >
      <Section title="Rows" count={result.variants.length}>
        <RowsEditor study={study} result={result} settings={settings} change={change} />
        <GroupsEditor settings={settings} change={change} />
      </Section>
      <Section title="Metrics" count={result.metrics.length}>
        <MetricsEditor study={study} settings={settings} change={change} readOnly={readOnly} />
      </Section>
      <Section title="Columns">
        <ColumnsEditor settings={settings} change={change} />
      </Section>
      <Section title="Numbers">
        <NumbersEditor settings={settings} change={change} />
      </Section>
      <Section title="Comparison and tests">
        <TestsEditor result={result} settings={settings} change={change} />
      </Section>
      <Section title="Caption and notes">
        <TextsEditor study={study} result={result} settings={settings} change={change} />
      </Section>
    </div>
  )
}
