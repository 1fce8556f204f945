'use client'

import { type ReactNode, useMemo, useState } from 'react'
import { accuracy, precisionRecallF1, type ClassScores as Scores } from '../../core/classification/precision-recall-f1.ts'
import { formatCount, formatFigure } from '../../core/format-number.ts'
import type { ConfusionMatrixValue } from '../../core/kinds/values.ts'
import { Segmented } from '../_ui/segmented.tsx'
import { Skeleton } from '../_ui/skeleton.tsx'
import { WorstConfusions } from './worst-confusions.tsx'

interface ClassScoresProps {
  title: string
  /** Null while it is on its way. */
  value: ConfusionMatrixValue | null
  step: number | undefined
}

type Key = 'class' | 'precision' | 'recall' | 'f1' | 'support'
const COLUMNS: { key: Key; label: string }[] = [
  { key: 'class', label: 'Class' },
  { key: 'precision', label: 'Precision' },
  { key: 'recall', label: 'Recall' },
  { key: 'f1', label: 'F1' },
  { key: 'support', label: 'Examples' },
]
/** Rows drawn at first: a thousand of them cost more than they tell. */
const SHOWN = 100

/** Precision, recall and F1 of every class and their averages, or the pairs that are confused most. */
export function ClassScores({ title, value, step }: ClassScoresProps) {
  const [view, setView] = useState<'scores' | 'confusions'>('scores')
  return (
    <section className="flex min-h-0 min-w-0 flex-col rounded border border-border" aria-label={`Scores of ${title}`} data-testid="class-scores">
      <header className="flex min-h-8 flex-wrap items-center justify-between gap-2 py-0.5 pr-1 pl-3">
        <h3 className="text-sm font-semibold">
          Scores by class{step === undefined ? null : <span className="num font-normal text-faint"> step {formatCount(step)}</span>}
        </h3>
        <Segmented
          label="Table"
          value={view}
          onChange={setView}
          options={[
            { value: 'scores', label: 'All classes' },
            { value: 'confusions', label: 'Worst confusions' },
          ]}
        />
      </header>
      {value === null ? (
        <div className="flex-1 p-3">
          <Skeleton className="h-48 w-full" />
        </div>
      ) : view === 'scores' ? (
        <ScoreTable value={value} />
      ) : (
        <WorstConfusions value={value} />
      )}
    </section>
  )
}

function ScoreTable({ value }: { value: ConfusionMatrixValue }) {
  const [sort, setSort] = useState<{ key: Key; descending: boolean } | null>(null)
  const [all, setAll] = useState(false)
  const scores = useMemo(() => precisionRecallF1(value), [value])
  const rows = useMemo(() => {
    const list = scores.perClass.map((one, index) => ({ ...one, index }))
    if (!sort) return list
    const sign = sort.descending ? -1 : 1
    const { key } = sort
    // What is not defined comes last either way.
    if (key === 'class') return list.sort((a, b) => sign * value.classes[a.index]!.localeCompare(value.classes[b.index]!, 'en', { numeric: true }))
    return list.sort((a, b) => {
      const [x, y] = [a[key], b[key]]
      if (x === null || y === null) return Number(x === null) - Number(y === null)
      return sign * (x - y) || a.index - b.index
    })
  }, [scores, sort, value])
  const shown = all ? rows : rows.slice(0, SHOWN)
  const right = accuracy(value)
  return (
    <>
      <div className="max-h-[460px] min-h-0 flex-1 overflow-auto border-t border-border">
        <table className="w-full min-w-[380px] text-sm">
          <thead className="sticky top-0 bg-surface text-xs text-muted">
            <tr className="h-8">
              {COLUMNS.map(({ key, label }) => (
                <th
                  key={key}
                  className={key === 'class' ? 'px-3 text-left font-medium' : 'px-3 text-right font-medium'}
                  aria-sort={sort?.key === key ? (sort.descending ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    className="hover:text-text"
                    onClick={() =>
                      setSort((old) => (old?.key === key ? (old.descending ? null : { key, descending: true }) : { key, descending: false }))
                    }
                  >
                    {label}
                    {sort?.key === key ? (sort.descending ? ' ↓' : ' ↑') : ''}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.index} className="h-7 border-t border-border">
                <td className="max-w-48 truncate px-3" title={value.classes[one.index]}>
                  {value.classes[one.index]}
                </td>
                <Score value={one.precision} why={one} />
                <Score value={one.recall} why={one} />
                <Score value={one.f1} why={one} />
                <td className="num px-3 text-right">{formatCount(one.support)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot className="sticky bottom-0 bg-surface">
            <Average label="Macro mean" note={`over ${scores.macroClasses} classes; undefined counts as 0`} {...scores.macro} />
            <Average label="Weighted mean" note="by examples; undefined counts as 0" {...scores.weighted} />
          </tfoot>
        </table>
      </div>
      <p className="px-3 py-1.5 text-xs text-faint">
        Accuracy {right === null ? 'not defined: no examples' : <span className="num text-muted">{formatFigure(right)}</span>}.
        {scores.perClass.some((one) => one.undefinedBecause) ? ' A dash: nothing to divide by (no examples, or never predicted).' : ''}
        {rows.length > shown.length ? (
          <button type="button" className="ml-1 text-accent hover:underline" onClick={() => setAll(true)}>
            Show all {formatCount(rows.length)} classes ({formatCount(shown.length)} shown)
          </button>
        ) : null}
      </p>
    </>
  )
}

function Score({ value, why }: { value: number | null; why: Scores }): ReactNode {
  return (
    <td className="num px-3 text-right" title={value === null ? (why.undefinedBecause ?? undefined) : String(value)}>
      {value === null ? <span className="text-faint">–</span> : formatFigure(value)}
    </td>
  )
}

function Average(props: { label: string; note: string; precision: number | null; recall: number | null; f1: number | null }) {
  return (
    <tr className="h-7 border-t border-border font-medium" title={props.note}>
      <td className="px-3">{props.label}</td>
      {[props.precision, props.recall, props.f1].map((value, i) => (
        <td key={COLUMNS[i + 1]!.key} className="num px-3 text-right">
          {value === null ? '–' : formatFigure(value)}
        </td>
      ))}
      <td />
    </tr>
  )
}
