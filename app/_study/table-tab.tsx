'use client'

import { useMemo } from 'react'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { rowBlocks } from '../../core/table/row-order.ts'
import type { TableDocument } from '../../core/table/table-document.ts'
import { EditorBar } from './editor-bar.tsx'
import { ExportPanel } from './export-panel.tsx'
import type { CellChoice } from './study-workspace.tsx'
import { TableControls } from './table-controls.tsx'
import { TablePreview } from './table-preview.tsx'
import type { TableEditor } from './use-table-editor.ts'

interface TableTabProps {
  study: Study
  result: StudyResult
  /** What the table is drawn with; `editor.settings` may be ahead for a moment. */
  settings: TableSettings
  document: TableDocument
  editor: TableEditor
  busy: boolean
  readOnly: boolean
  onCell: (cell: CellChoice) => void
}

/** The table as it will be printed, its controls, and its exports. */
export function TableTab({ study, result, settings, document, editor, busy, readOnly, onCell }: TableTabProps) {
  const keys = useMemo(() => rowBlocks(result, settings).flatMap(({ rows }) => rows), [result, settings])
  return (
    <div className="flex flex-col gap-3 pb-6">
      <EditorBar editor={editor} readOnly={readOnly} />
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-4">
          <TablePreview document={document} rowKeys={keys} busy={busy} onCell={onCell} />
          <ExportPanel study={study} result={result} document={document} editor={editor} />
        </div>
        <TableControls study={study} result={result} editor={editor} readOnly={readOnly} />
      </div>
    </div>
  )
}
