'use client'

import { formatCount } from '../../core/format-number.ts'
import type { ModelValue } from '../../core/kinds/values.ts'
import { errorText } from '../_ui/error-text.ts'
import { Section } from '../_ui/section.tsx'
import type { RunData } from './run-data.ts'
import { useRecords } from './use-records.ts'

/** Layers of the model as it was logged last: output shape and number of parameters. */
export function ModelSection({ data }: { data: RunData }) {
  const { records, n, error } = useRecords(data.run.id, 'model', data.records)
  const newest = records.reduce<(typeof records)[number] | null>((best, record) => (best && best.id > record.id ? best : record), null)
  if (n === 0) return null
  if (error) return <p className="text-sm text-danger">{errorText(error)}</p>
  if (!newest) return null
  const model = newest.payload as unknown as ModelValue
  const frozen = model.parameters - model.trainableParameters
  return (
    <Section
      title="Model"
      count={model.layers.length}
      testId="model-section"
      note={`${formatCount(model.parameters)} parameters${frozen > 0 ? `, ${formatCount(frozen)} of them frozen` : ''}`}
    >
      <div className="max-h-96 overflow-auto rounded border border-border">
        <table className="w-full min-w-[420px] text-sm">
          <thead className="sticky top-0 bg-surface text-left text-xs text-muted">
            <tr className="h-8">
              <th className="px-3 font-medium">Layer</th>
              <th className="px-3 font-medium">Type</th>
              <th className="px-3 font-medium">Output shape</th>
              <th className="px-3 text-right font-medium">Parameters</th>
            </tr>
          </thead>
          <tbody>
            {model.layers.map((layer) => (
              <tr key={layer.name} className="h-7 border-t border-border">
                <td className="px-3 [overflow-wrap:anywhere]">{layer.name}</td>
                <td className="px-3 text-muted">{layer.type}</td>
                <td className="num px-3 font-mono whitespace-nowrap">{layer.outputShape.map((size) => size ?? 'batch').join(' × ')}</td>
                <td className="num px-3 text-right">
                  {formatCount(layer.parameters)}
                  {layer.trainable || layer.parameters === 0 ? null : <span className="text-faint"> frozen</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
