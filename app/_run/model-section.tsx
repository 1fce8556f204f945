'use client'

import { useMemo, useState } from 'react'
import { formatCount } from '../../core/format-number.ts'
import { ModelGraphChart } from '../_charts/model-graph/model-graph-chart.tsx'
import { errorText } from '../_ui/error-text.ts'
import { Section } from '../_ui/section.tsx'
import { Segmented } from '../_ui/segmented.tsx'
import { WhenNear } from '../_ui/when-near.tsx'
import { ModelTable } from './model-table.tsx'
import type { RunData } from './run-data.ts'
import { useModel } from './use-model.ts'

/** The model as it was logged last: a table of its layers, or their graph. */
export function ModelSection({ data }: { data: RunData }) {
  const { model, n, error } = useModel(data)
  const [view, setView] = useState<'both' | 'table' | 'graph'>('both')
  const graph = useMemo(() => model && { title: `Model of ${data.run.name}`, model }, [model, data.run.name])
  if (n === 0) return null
  if (error) return <p className="text-sm text-danger">{errorText(error)}</p>
  if (!model || !graph) return null
  const fixed = model.parameters - model.trainableParameters
  return (
    <Section
      title="Model"
      count={model.layers.length}
      testId="model-section"
      note={`${formatCount(model.parameters)} parameters${fixed > 0 ? `, ${formatCount(fixed)} of them not trained (frozen layers, running statistics of batch norm)` : ''}`}
      tools={
        <Segmented
          label="View of the model"
          value={view}
          onChange={setView}
          options={[
            { value: 'both', label: 'Both' },
            { value: 'table', label: 'Table' },
            { value: 'graph', label: 'Graph' },
          ]}
        />
      }
    >
      <WhenNear height={400}>
        <div className={view === 'both' ? 'grid grid-cols-1 items-start gap-3 xl:grid-cols-2' : ''}>
          {view === 'graph' ? null : <ModelTable model={model} />}
          {view === 'table' ? null : <ModelGraphChart id="chart-model-graph" data={graph} />}
        </div>
      </WhenNear>
    </Section>
  )
}
