'use client'

import { STUDY_COLUMNS, type TableSettings } from '../../core/ablation/table-settings.ts'
import { SettingCheck } from './setting-row.tsx'
import type { EditorPart } from './settings-change.ts'

const NAMES: Record<TableSettings['columns'][number], { name: string; title: string }> = {
  difference: { name: 'Difference Δ', title: 'To the baseline (or the row before), in percentage points for percentages' },
  relative: { name: 'Relative Δ (%)', title: 'The difference as a share of the reference mean' },
  p: { name: 'p value', title: 'Two-sided, corrected for the number of comparisons' },
  effect: { name: 'Effect size g', title: "Hedges' g" },
  n: { name: 'n', title: 'Distinct seeds that count' },
  parameters: { name: 'Parameters', title: 'Of the model, as recorded by the runs' },
  flops: { name: 'FLOPs', title: 'Per example, forward' },
  time: { name: 'Time', title: 'Mean training time per run, in seconds' },
}

export function ColumnsEditor({ settings, change }: EditorPart) {
  return (
    <div className="grid grid-cols-2 gap-x-3">
      {STUDY_COLUMNS.map((id) => (
        <SettingCheck
          key={id}
          name={NAMES[id].name}
          title={NAMES[id].title}
          checked={settings.columns.includes(id)}
          onChange={(on) => change({ columns: STUDY_COLUMNS.filter((one) => (one === id ? on : settings.columns.includes(one))) })}
        />
      ))}
    </div>
  )
}
