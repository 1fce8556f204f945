'use client'

import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { Segmented } from '../_ui/segmented.tsx'
import { SettingCheck, SettingRow, SettingSelect } from './setting-row.tsx'
import type { EditorPart } from './settings-change.ts'

const SPREADS: { value: TableSettings['spread']; label: string }[] = [
  { value: 'sd', label: '± sample SD' },
  { value: 'se', label: '± standard error' },
  { value: 'ci', label: '± half of the t interval' },
  { value: 'bootstrap', label: '[bootstrap interval]' },
  { value: 'min-max', label: '[min, max]' },
  { value: 'none', label: 'none' },
]

export function NumbersEditor({ settings, change }: EditorPart) {
  return (
    <div className="flex flex-col gap-0.5">
      <SettingSelect name="Spread" value={settings.spread} options={SPREADS} onChange={(spread) => change({ spread })} />
      <SettingRow name="Figures of the uncertainty" title="For metrics whose digits go by their uncertainty: how many figures of it are shown">
        <Segmented
          label="Figures of the uncertainty"
          value={String(settings.uncertaintyFigures)}
          onChange={(figures) => change({ uncertaintyFigures: figures === '2' ? 2 : 1 })}
          options={[
            { value: '1', label: '1' },
            { value: '2', label: '2' },
          ]}
        />
      </SettingRow>
      <div className="grid grid-cols-2 gap-x-3">
        <SettingCheck name="Bold best" checked={settings.boldBest} onChange={(boldBest) => change({ boldBest })} />
        <SettingCheck name="Underline second" checked={settings.underlineSecond} onChange={(underlineSecond) => change({ underlineSecond })} />
      </div>
    </div>
  )
}
