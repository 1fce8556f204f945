'use client'

import { formatCount, formatFigure } from '../../core/format-number.ts'
import { SAME_BATCH } from '../../core/run-charts.ts'
import { MetricChart } from './metric-chart.tsx'
import type { RunData } from './run-data.ts'

const [TRAINING, INFERENCE] = SAME_BATCH
const LABELS = { [TRAINING]: 'training mode', [INFERENCE]: 'inference mode' }
const SPLITS = { [TRAINING]: 'train', [INFERENCE]: 'val' } as const

/** The loss of one batch computed both ways. Whatever differs comes from layers that behave differently in training. */
export function SameBatchChart({ data }: { data: RunData }) {
  return (
    <div className="flex min-w-0 flex-col gap-1" data-testid="same-batch">
      <MetricChart
        data={data}
        names={[...SAME_BATCH]}
        labels={LABELS}
        splits={SPLITS}
        gap="training − inference mode"
        title="One batch in training and in inference mode"
        variant="train-val"
      />
      <p className="px-1 text-sm text-muted">{sameBatchText(data)}</p>
    </div>
  )
}

/** The gap at the end, and what it means. */
function sameBatchText({ series }: RunData): string {
  const [training, inference] = SAME_BATCH.map((name) => series.find((one) => one.name === name))
  const means =
    'Both losses are of the same examples and weights: only dropout and the statistics of batch norm differ. A gap that stays small is their normal effect; inference far above training says that the running statistics do not fit the data.'
  if (!training || !inference) return means
  if (training.lastStep !== inference.lastStep || !Number.isFinite(training.last) || !Number.isFinite(inference.last)) return means
  const gap = training.last - inference.last
  const sign = gap > 0 ? '+' : gap < 0 ? '−' : '±'
  return `At step ${formatCount(training.lastStep)} training − inference is ${sign}${formatFigure(Math.abs(gap), 3)} (${formatFigure(training.last)} against ${formatFigure(inference.last)}). ${means}`
}
