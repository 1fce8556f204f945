'use client'

import { type ReactNode, useMemo, useState } from 'react'
import type { ConfusionMatrixValue } from '../../../core/kinds/values.ts'
import { Button } from '../../_ui/button.tsx'
import { Segmented } from '../../_ui/segmented.tsx'
import { type CardState, ChartCard } from '../chart-card.tsx'
import { ExportItems } from '../export-items.tsx'
import { confusionMatrixKind } from './kind.ts'
import type { ConfusionMatrixData, MatrixView, Normalisation } from './matrix-data.ts'
import { MatrixPlot } from './matrix-plot.tsx'

interface ConfusionMatrixCardProps {
  id: string
  title: string
  /** Null while it is on its way, or when there is none. */
  value: ConfusionMatrixValue | null
  state?: CardState
  startWith?: Normalisation
  startView?: MatrixView | null
  /** Name of exported files; default the title. */
  fileTitle?: string
  busy?: boolean
  /** Between title and picture: a step slider. */
  legend?: ReactNode
  height?: number
}

const CHOICES: { value: Normalisation; label: string; title: string }[] = [
  { value: 'counts', label: 'Counts', title: 'Examples' },
  { value: 'rows', label: 'Recall', title: 'Share of the true class: rows add up to 100 %' },
  { value: 'columns', label: 'Precision', title: 'Share of the predicted class: columns add up to 100 %' },
]

/** A confusion matrix with its choice of numbers and a zoom of its own. */
export function ConfusionMatrixCard(props: ConfusionMatrixCardProps) {
  const { id, title, value, state = { kind: 'ready' }, startWith = 'counts', startView = null, fileTitle, busy, legend, height = 460 } = props
  const [normalise, setNormalise] = useState(startWith)
  const [view, setView] = useState(startView)
  const data = useMemo((): ConfusionMatrixData | null => {
    if (!value) return null
    const fits = view !== null && view.rows[1] <= value.classes.length && view.columns[1] <= value.classes.length
    return { title, value, normalise, view: fits ? view : null }
  }, [title, value, normalise, view])
  return (
    <ChartCard
      id={id}
      title={title}
      state={state}
      height={height}
      busy={busy}
      legend={legend}
      notes={data ? confusionMatrixKind.notes(data) : []}
      tools={
        <>
          {view ? (
            <Button size="small" look="quiet" onClick={() => setView(null)}>
              All classes
            </Button>
          ) : null}
          <Segmented label="Numbers" value={normalise} onChange={setNormalise} options={CHOICES} />
        </>
      }
      menu={data ? <ExportItems id={id} title={fileTitle ?? title} kind={confusionMatrixKind} data={data} /> : undefined}
    >
      {(plotHeight) => (data ? <MatrixPlot data={data} summary={confusionMatrixKind.summary(data)} height={plotHeight} onView={setView} /> : null)}
    </ChartCard>
  )
}
