'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { Segmented } from '../_ui/segmented.tsx'
import { editorRows, groupRow, moveRow, placeBaseline, placesBetween, relabelRow, toggleRow } from './edit-rows.ts'
import { RowLine } from './row-line.tsx'
import { SettingCheck, SettingRow } from './setting-row.tsx'
import type { EditorPart } from './settings-change.ts'

interface RowsEditorProps extends EditorPart {
  study: Study
  result: StudyResult
}

/** Order, labels and groups of the rows, and the form of the table. */
export function RowsEditor({ study, result, settings, change }: RowsEditorProps) {
  const rows = useMemo(() => editorRows(result, settings), [result, settings])
  const [dragged, setDragged] = useState<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const focusAfter = useRef<string | null>(null)
  // A row that was moved keeps the focus: putting an element elsewhere in the page takes it away.
  useEffect(() => {
    const wanted = focusAfter.current
    if (wanted === null) return
    focusAfter.current = null
    const handle = [...(list.current?.querySelectorAll<HTMLElement>('[data-handle]') ?? [])].find((one) => one.dataset.handle === wanted)
    handle?.focus()
  })
  const latest = useRef({ result, settings, rows, change, dragged })
  useEffect(() => {
    latest.current = { result, settings, rows, change, dragged }
  })
  const move = useCallback((key: string, by: number) => {
    const { result, settings, change } = latest.current
    focusAfter.current = key
    change(moveRow(result, settings, key, by))
  }, [])
  const edit = useCallback((make: (settings: TableSettings) => Partial<TableSettings>) => latest.current.change(make(latest.current.settings)), [])
  const hide = useCallback((key: string) => edit((settings) => toggleRow(settings, key)), [edit])
  const group = useCallback((key: string, to: number | null) => edit((settings) => groupRow(settings, key, to)), [edit])
  const own = useMemo(() => new Map(study.variants.map(({ key, label }) => [key, label])), [study])
  const rename = useCallback((key: string, label: string) => edit((settings) => relabelRow(settings, key, label, own.get(key) ?? key)), [edit, own])
  const drop = useCallback(
    (key: string) => {
      const { dragged, rows } = latest.current
      setOver(null)
      setDragged(null)
      if (dragged === null || dragged === key) return
      const by = placesBetween(rows, dragged, key)
      if (by !== 0) move(dragged, by)
    },
    [move],
  )
  const titles = useMemo(() => settings.groups.map(({ title }) => title), [settings.groups])
  return (
    <div className="flex flex-col gap-1">
      <ul ref={list} className="-mx-1 flex max-h-96 flex-col overflow-y-auto" data-testid="rows-editor">
        {rows.map((row) => (
          <RowLine
            key={row.key}
            row={row}
            own={own.get(row.key) ?? row.key}
            groups={titles}
            over={over === row.key && dragged !== row.key}
            onMove={move}
            onHide={hide}
            onRename={rename}
            onGroup={group}
            onDrag={setDragged}
            onOver={setOver}
            onDrop={drop}
          />
        ))}
      </ul>
      <SettingRow name="Form">
        <Segmented
          label="Form of the rows"
          value={settings.form}
          onChange={(form) => change({ form })}
          options={[
            { value: 'without', label: 'Labels', title: 'One label per row: w/o attention' },
            { value: 'components', label: '✓ matrix', title: 'One column per part, with check marks or its setting' },
          ]}
        />
      </SettingRow>
      <SettingRow name="Baseline">
        <Segmented
          label="Place of the baseline"
          value={settings.rows.includes(result.baseline) ? ('by hand' as string) : settings.baselinePosition}
          onChange={(position) => change(placeBaseline(result, settings, position as TableSettings['baselinePosition']))}
          options={[
            { value: 'first', label: 'First' },
            { value: 'last', label: 'Last' },
          ]}
        />
      </SettingRow>
      <SettingCheck name="Shade the baseline" checked={settings.shadeBaseline} onChange={(shadeBaseline) => change({ shadeBaseline })} />
    </div>
  )
}
