'use client'

import type { StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { metricLabel } from '../../core/table/metric-column.ts'
import { NumberInput } from './number-input.tsx'
import { SettingRow, SettingSelect } from './setting-row.tsx'
import type { EditorPart } from './settings-change.ts'

const TESTS: { value: TableSettings['test']; label: string }[] = [
  { value: 'auto', label: 'chosen by pairing' },
  { value: 'paired-t', label: 'paired t-test' },
  { value: 'welch', label: "Welch's t-test" },
  { value: 'wilcoxon', label: 'exact Wilcoxon' },
  { value: 'sign-flip', label: 'sign-flip permutation' },
  { value: 'none', label: 'none' },
]
const CORRECTIONS: { value: TableSettings['correction']; label: string }[] = [
  { value: 'holm', label: 'Holm' },
  { value: 'bh', label: 'Benjamini–Hochberg' },
  { value: 'none', label: 'none' },
]
const COMPARED: { value: TableSettings['compareTo']; label: string }[] = [
  { value: 'auto', label: 'by shape' },
  { value: 'baseline', label: 'baseline' },
  { value: 'previous', label: 'row before' },
]
const MARKS: { value: TableSettings['significanceMarks']; label: string }[] = [
  { value: 'none', label: 'none' },
  { value: 'dagger', label: '† significant' },
  { value: 'stars', label: '* ** ***' },
]

export function TestsEditor({ result, settings, change }: EditorPart & { result: StudyResult }) {
  const margins = settings.equivalenceMargins
  const setMargin = (name: string, margin: number | null) => {
    const { [name]: _, ...others } = margins
    change({ equivalenceMargins: margin === null ? others : { ...others, [name]: margin } })
  }
  return (
    <div className="flex flex-col gap-0.5">
      <SettingSelect name="Compare to" value={settings.compareTo} options={COMPARED} onChange={(compareTo) => change({ compareTo })} />
      <SettingSelect name="Test" value={settings.test} options={TESTS} onChange={(test) => change({ test })} />
      <SettingSelect name="Correction" value={settings.correction} options={CORRECTIONS} onChange={(correction) => change({ correction })} />
      <p className="pb-1 text-xs text-faint">Family of the correction: {result.family.text}. Hidden rows and metrics are not in it.</p>
      <SettingRow name="Level α" title="Of tests and intervals: 0.05 gives 95 % intervals">
        <NumberInput
          label="Level α"
          value={settings.alpha}
          valid={(value) => value > 0 && value < 0.5}
          hint="between 0 and 0.5"
          onSave={(alpha) => alpha !== null && change({ alpha })}
        />
      </SettingRow>
      <SettingSelect
        name="Marks of significance"
        value={settings.significanceMarks}
        options={MARKS}
        onChange={(significanceMarks) => change({ significanceMarks })}
      />
      <p className="pt-1 text-muted">Margin of equivalence</p>
      <p className="text-xs text-faint">A difference smaller than this does not matter to you: “removing X costs nothing” is then tested.</p>
      {result.metrics.map((metric) => (
        <SettingRow key={metric.name} name={`${metricLabel(metric)} ±`}>
          <NumberInput
            label={`Margin of ${metricLabel(metric)}`}
            value={margins[metric.name] ?? null}
            valid={(value) => value > 0}
            hint="above 0"
            optional
            onSave={(margin) => setMargin(metric.name, margin)}
          />
          {metric.unit ? <span className="text-faint">{metric.unit === '%' ? 'points' : metric.unit}</span> : null}
        </SettingRow>
      ))}
    </div>
  )
}
