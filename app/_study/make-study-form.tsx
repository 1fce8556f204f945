'use client'

import { Settings2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { StudyMetric } from '../../core/ablation/study.ts'
import { metricHeading } from '../../core/table/metric-column.ts'
import { Select } from '../_charts/select.tsx'
import { Button } from '../_ui/button.tsx'
import { Checkbox } from '../_ui/checkbox.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Input } from '../_ui/input.tsx'
import { MetricForm } from './metric-form.tsx'
import { StudyPreviewPanel } from './study-preview-panel.tsx'
import type { useMakeStudy } from './use-make-study.ts'

type Making = ReturnType<typeof useMakeStudy>
const METRICS_SHOWN = 8

/** Name, metrics, and what was found in the configs. */
export function MakeStudyForm({ making, runs }: { making: Making; runs: number }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-4" data-testid="make-study">
      <div className="flex flex-wrap items-end gap-3">
        <label htmlFor={id} className="flex min-w-56 flex-1 flex-col gap-0.5 text-sm">
          <span className="text-muted">Name of the study</span>
          <Input
            id={id}
            data-autofocus
            value={making.name}
            maxLength={250}
            onChange={(event) => making.setName(event.target.value)}
            data-testid="study-name-input"
          />
        </label>
        {making.projects.length > 1 ? (
          <span className="flex flex-col gap-0.5 text-sm">
            <span className="text-muted">Project</span>
            <Select
              label="Project of the study"
              value={making.project}
              onChange={making.setProject}
              groups={[{ options: making.projects.map((value) => ({ value, label: value })) }]}
              testId="study-project"
            />
          </span>
        ) : null}
      </div>
      <MetricChoice making={making} runs={runs} />
      {making.previewError ? (
        <p role="alert" className="text-danger">
          {errorText(making.previewError)}
        </p>
      ) : making.metrics.length === 0 ? (
        <p className="text-muted">Choose at least one metric.</p>
      ) : making.preview ? (
        <StudyPreviewPanel preview={making.preview} busy={making.busy} onBaseline={making.setBaseline} onIgnore={making.setIgnore} />
      ) : (
        <p className="text-muted">Comparing the configs…</p>
      )}
    </div>
  )
}

function MetricChoice({ making, runs }: { making: Making; runs: number }) {
  const [all, setAll] = useState(false)
  const id = useId()
  const [open, setOpen] = useState<string | null>(null)
  const { suggested, metrics, setMetrics } = making
  if (suggested.isPending) return <p className="text-muted">Looking for metrics…</p>
  if (suggested.error) return <p className="text-danger">{errorText(suggested.error)}</p>
  const found = suggested.data ?? []
  if (found.length === 0)
    return (
      <p className="text-warning">
        None of these runs has a metric whose better direction is known: log an accuracy or a loss, or set a goal with run.goal().
      </p>
    )
  const chosen = (name: string) => metrics.find((metric) => metric.name === name)
  const listed = found.filter(({ metric }, at) => all || at < METRICS_SHOWN || chosen(metric.name))
  const set = (metric: StudyMetric) => setMetrics(metrics.map((one) => (one.name === metric.name ? metric : one)))
  return (
    <fieldset className="flex flex-col text-sm" data-testid="metric-choice">
      <legend className="pb-0.5 text-muted">Metrics of the table</legend>
      {listed.map(({ metric, runs: having }) => {
        const own = chosen(metric.name)
        return (
          <div key={metric.name}>
            <div className="flex min-h-7 items-center gap-2">
              <label htmlFor={`${id}${metric.name}`} className="flex min-w-0 flex-1 items-center gap-2">
                <Checkbox
                  id={`${id}${metric.name}`}
                  checked={own !== undefined}
                  onChange={(event) => setMetrics(event.target.checked ? [...metrics, metric] : metrics.filter((one) => one.name !== metric.name))}
                />
                <span className="truncate">
                  {metric.name} <span className="text-faint">{metricHeading(own ?? metric)}</span>
                </span>
              </label>
              {having < runs ? (
                <span className="num shrink-0 text-warning">
                  {having} of {runs} runs have it
                </span>
              ) : null}
              <Button
                look="quiet"
                size="small-icon"
                disabled={!own}
                aria-expanded={open === metric.name}
                aria-label={`How ${metric.name} is read and shown`}
                title="Goal, unit, digits, which value of a run counts"
                onClick={() => setOpen(open === metric.name ? null : metric.name)}
              >
                <Settings2 size={13} />
              </Button>
            </div>
            {own && open === metric.name ? <MetricForm metric={own} onSave={set} /> : null}
          </div>
        )
      })}
      {found.length > listed.length ? (
        <Button look="quiet" size="small" className="self-start" onClick={() => setAll(true)}>
          {found.length - listed.length} more
        </Button>
      ) : null}
    </fieldset>
  )
}
