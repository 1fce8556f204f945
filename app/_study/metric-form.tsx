'use client'

import { useState } from 'react'
import type { Aggregate, StudyMetric } from '../../core/ablation/study.ts'
import { metricLabel } from '../../core/table/metric-column.ts'
import { Select } from '../_charts/select.tsx'
import { Input } from '../_ui/input.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import { NumberInput } from './number-input.tsx'
import { SettingRow, SettingSelect } from './setting-row.tsx'

const AGGREGATES: { value: Aggregate['kind']; label: string }[] = [
  { value: 'last', label: 'last' },
  { value: 'best', label: 'best (optimistic)' },
  { value: 'at-best', label: 'where another was best' },
  { value: 'mean-last', label: 'mean of the last k' },
]
const DIGITS = ['uncertainty', ...Array.from({ length: 9 }, (_, i) => String(i))]

interface MetricFormProps {
  metric: StudyMetric
  disabled?: boolean
  onSave: (metric: StudyMetric) => void
}

/** How one metric is read from the runs and shown. Every change is handed on at once. */
export function MetricForm({ metric, disabled = false, onSave }: MetricFormProps) {
  const { aggregate } = metric
  const set = (change: Partial<StudyMetric>) => onSave({ ...metric, ...change })
  const choose = (kind: Aggregate['kind']) => {
    if (kind === 'at-best') set({ aggregate: { kind, metric: metric.name.replace(/^(test|eval)\//, 'val/'), goal: metric.goal } })
    else set({ aggregate: kind === 'mean-last' ? { kind, count: 5 } : { kind } })
  }
  return (
    <fieldset
      disabled={disabled}
      className="mb-1 ml-5 flex flex-col gap-0.5 border-l border-border pl-2.5"
      data-testid={`metric-form-${metric.name}`}
    >
      <SettingRow name="Heading">
        <TextInput
          label={`Heading of ${metric.name}`}
          value={metric.label ?? ''}
          placeholder={metricLabel({ ...metric, label: null })}
          onSave={(text) => set({ label: text || null })}
        />
      </SettingRow>
      <SettingRow name="Unit" title="% multiplies by 100 what is logged as a fraction; any other text is only a heading">
        <TextInput label={`Unit of ${metric.name}`} value={metric.unit ?? ''} placeholder="none" onSave={(text) => set({ unit: text || null })} />
      </SettingRow>
      <SettingRow name="Better">
        <Segmented
          label={`Which is better, ${metric.name}`}
          value={metric.goal}
          onChange={(goal) => set({ goal })}
          options={[
            { value: 'max', label: 'higher' },
            { value: 'min', label: 'lower' },
          ]}
        />
      </SettingRow>
      <SettingRow name="Digits" title="By the uncertainty: as many decimals as the spread supports, the same in the whole column">
        <Select
          label={`Digits of ${metric.name}`}
          value={String(metric.digits)}
          onChange={(digits) => set({ digits: digits === 'uncertainty' ? digits : Number(digits) })}
          groups={[{ options: DIGITS.map((value) => ({ value, label: value === 'uncertainty' ? 'by uncertainty' : `${value} decimals` })) }]}
          testId={`digits-${metric.name}`}
        />
      </SettingRow>
      <SettingSelect name="Value of a run" value={aggregate.kind} options={AGGREGATES} onChange={choose} />
      {aggregate.kind === 'at-best' ? (
        <>
          <SettingRow name="Chosen by">
            <TextInput
              label={`Metric that chooses the step of ${metric.name}`}
              value={aggregate.metric}
              placeholder="val/accuracy"
              onSave={(text) => text && set({ aggregate: { ...aggregate, metric: text } })}
            />
          </SettingRow>
          <SettingRow name="Best of it is">
            <Segmented
              label="Goal of the choosing metric"
              value={aggregate.goal}
              onChange={(goal) => set({ aggregate: { ...aggregate, goal } })}
              options={[
                { value: 'max', label: 'highest' },
                { value: 'min', label: 'lowest' },
              ]}
            />
          </SettingRow>
        </>
      ) : null}
      {aggregate.kind === 'mean-last' ? (
        <SettingRow name="k">
          <NumberInput
            label="How many values"
            value={aggregate.count}
            valid={(count) => Number.isInteger(count) && count >= 1}
            hint="a whole number"
            onSave={(count) => count !== null && set({ aggregate: { ...aggregate, count } })}
          />
        </SettingRow>
      ) : null}
    </fieldset>
  )
}

/** Handed on with Enter and when it is left. */
function TextInput({ label, value, placeholder, onSave }: { label: string; value: string; placeholder: string; onSave: (text: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null)
  const save = () => {
    if (draft !== null && draft.trim() !== value) onSave(draft.trim())
    setDraft(null)
  }
  return (
    <Input
      aria-label={label}
      value={draft ?? value}
      placeholder={placeholder}
      maxLength={200}
      className="h-6 max-w-40"
      onChange={(event) => setDraft(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') setDraft(null)
      }}
    />
  )
}
