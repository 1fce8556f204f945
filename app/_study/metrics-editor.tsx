'use client'

import { useQueryClient } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Settings2 } from 'lucide-react'
import { useId, useState } from 'react'
import type { Study, StudyMetric } from '../../core/ablation/study.ts'
import { metricHeading } from '../../core/table/metric-column.ts'
import { useTRPC, useTRPCClient } from '../_trpc/trpc.ts'
import { Button } from '../_ui/button.tsx'
import { Checkbox } from '../_ui/checkbox.tsx'
import { errorText } from '../_ui/error-text.ts'
import { useToast } from '../_ui/toast.tsx'
import { placed } from './edit-rows.ts'
import { MetricForm } from './metric-form.tsx'
import { refreshStudies } from './refresh-studies.ts'
import type { EditorPart } from './settings-change.ts'

/** Which metrics the table has, in which order, and how each is read and shown. */
export function MetricsEditor({ study, settings, change, readOnly }: EditorPart & { study: Study; readOnly: boolean }) {
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  const trpc = useTRPC()
  const toast = useToast()
  const id = useId()
  const [open, setOpen] = useState<string | null>(null)
  const all = study.metrics.map(({ name }) => name)
  const shown = settings.metrics.length === 0 ? all : settings.metrics.filter((name) => all.includes(name))
  const ordered = [...shown, ...all.filter((name) => !shown.includes(name))]
  const set = (names: string[]) => change({ metrics: names.join('\n') === all.join('\n') ? [] : names })
  const save = async (metric: StudyMetric) => {
    try {
      await client.studies.change.mutate({ id: study.id, metrics: study.metrics.map((one) => (one.name === metric.name ? metric : one)) })
      refreshStudies(queryClient, trpc.studies.get.queryFilter())
    } catch (error) {
      toast(`The metric was not changed: ${errorText(error)}`, 'danger')
    }
  }
  return (
    <ul className="flex flex-col" data-testid="metrics-editor">
      {ordered.map((name) => {
        const metric = study.metrics.find((one) => one.name === name)
        if (!metric) return null
        const isShown = shown.includes(name)
        const at = shown.indexOf(name)
        return (
          <li key={name}>
            <div className="flex h-7 items-center gap-1">
              <label htmlFor={`${id}${name}`} className="flex min-w-0 flex-1 items-center gap-2">
                <Checkbox
                  id={`${id}${name}`}
                  checked={isShown}
                  disabled={isShown && shown.length === 1}
                  onChange={(event) => set(event.target.checked ? [...shown, name] : shown.filter((one) => one !== name))}
                />
                <span className="truncate" title={name}>
                  {metricHeading(metric)}
                </span>
              </label>
              <Button
                look="quiet"
                size="tiny-icon"
                aria-label={`Move ${name} to the left`}
                title="To the left"
                disabled={at < 1}
                onClick={() => set(placed(shown, name, -1))}
              >
                <ArrowUp size={12} />
              </Button>
              <Button
                look="quiet"
                size="tiny-icon"
                aria-label={`Move ${name} to the right`}
                title="To the right"
                disabled={at < 0 || at === shown.length - 1}
                onClick={() => set(placed(shown, name, 1))}
              >
                <ArrowDown size={12} />
              </Button>
              <Button
                look="quiet"
                size="tiny-icon"
                aria-label={`How ${name} is read and shown`}
                title="Heading, unit, digits, which value counts"
                aria-expanded={open === name}
                onClick={() => setOpen(open === name ? null : name)}
              >
                <Settings2 size={12} />
              </Button>
            </div>
            {open === name ? <MetricForm metric={metric} disabled={readOnly} onSave={(next) => void save(next)} /> : null}
          </li>
        )
      })}
    </ul>
  )
}
