'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import type { Study } from '../../core/ablation/study.ts'
import type { StudyResult, StudySlot } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { formatDuration } from '../../core/format-duration.ts'
import { formatCount } from '../../core/format-number.ts'
import { rowBlocks } from '../../core/table/row-order.ts'
import { DetectedFactors } from './detected-factors.tsx'
import { SLOT_LOOKS } from './run-state.tsx'

interface RunsTabProps {
  study: Study
  result: StudyResult
  settings: TableSettings
  readOnly: boolean
}

/** Which cell of variant × seed has a run and how it stands; what the variants differ in; what was not compared. */
export function RunsTab({ study, result, settings, readOnly }: RunsTabProps) {
  const { runs, totalSeconds, runsWithoutTime } = result.checklist
  const counts = [
    `${formatCount(runs.total)} runs`,
    `${formatCount(runs.finished)} finished`,
    ...(runs.unfinished > 0 ? [`${formatCount(runs.unfinished)} unfinished`] : []),
    ...(runs.failed > 0 ? [`${formatCount(runs.failed)} failed`] : []),
    ...(runs.diverged > 0 ? [`${formatCount(runs.diverged)} diverged`] : []),
    ...(runs.duplicates > 0 ? [`${formatCount(runs.duplicates)} with a seed that another run has`] : []),
    ...(runs.deleted > 0 ? [`${formatCount(runs.deleted)} deleted`] : []),
    `${formatDuration(totalSeconds * 1000)} of training together${runsWithoutTime > 0 ? ` (${formatCount(runsWithoutTime)} without a time)` : ''}`,
  ]
  return (
    <div className="flex flex-col gap-4 pb-6">
      <p className="num text-sm text-muted">{counts.join(' · ')}</p>
      <SlotMatrix result={result} settings={settings} />
      <DetectedFactors study={study} result={result} readOnly={readOnly} />
    </div>
  )
}

function SlotMatrix({ result, settings }: Pick<RunsTabProps, 'result' | 'settings'>) {
  const keys = useMemo(() => rowBlocks(result, { ...settings, hiddenRows: [] }).flatMap(({ rows }) => rows), [result, settings])
  const slots = useMemo(() => new Map(result.slots.map((slot) => [`${slot.variant}\n${slot.seed}`, slot])), [result])
  const first = result.metrics[0]?.name
  const seedless = useMemo(
    () =>
      new Map(
        result.cells.filter(({ metric }) => metric === first).map(({ variant, values }) => [variant, values.filter(({ seed }) => seed === null)]),
      ),
    [result, first],
  )
  const anySeedless = [...seedless.values()].some((values) => values.length > 0)
  const states = [...new Set(result.slots.map(({ state }) => state))]
  return (
    <section>
      <div className="flex flex-wrap items-baseline gap-x-4 pb-1">
        <h2 className="font-semibold">Runs by variant and seed</h2>
        {states.map((state) => (
          <span key={state} className="text-xs text-muted">
            <span aria-hidden className={SLOT_LOOKS[state].look}>
              {SLOT_LOOKS[state].sign}
            </span>{' '}
            {SLOT_LOOKS[state].word}
          </span>
        ))}
      </div>
      <div className="relative max-h-[70dvh] w-fit max-w-full overflow-auto rounded border border-border">
        <table className="text-sm" data-testid="slot-matrix">
          <thead className="sticky top-0 bg-surface text-xs text-muted">
            <tr>
              <th scope="col" className="sticky left-0 bg-surface px-2 py-1 text-left font-medium">
                Variant
              </th>
              <th scope="col" className="px-2 py-1 text-right font-medium">
                n
              </th>
              {result.seeds.map((seed) => (
                <th key={seed} scope="col" className="num px-2 py-1 text-center font-medium whitespace-nowrap">
                  <span className="sr-only">Seed </span>
                  {seed}
                </th>
              ))}
              {anySeedless ? (
                <th scope="col" className="px-2 py-1 text-left font-medium whitespace-nowrap">
                  no seed
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => {
              const variant = result.variants.find((one) => one.key === key)
              return (
                <tr key={key} className="border-t border-border" data-variant={key}>
                  <th scope="row" className="sticky left-0 max-w-64 truncate bg-background px-2 py-1 text-left font-normal" title={variant?.label}>
                    {variant?.label}
                    {variant?.isBaseline ? <span className="text-faint"> (baseline)</span> : null}
                  </th>
                  <td className="num px-2 py-1 text-right text-muted">{variant?.n ?? 0}</td>
                  {result.seeds.map((seed) => (
                    <td key={seed} className="px-1 text-center">
                      <Slot slot={slots.get(`${key}\n${seed}`)} label={`${variant?.label ?? key}, seed ${seed}`} />
                    </td>
                  ))}
                  {anySeedless ? (
                    <td className="px-2 py-1">
                      {seedless.get(key)?.map(({ runId, runName }) => (
                        <Link key={runId} href={`/runs/${runId}`} prefetch={false} className="mr-2 text-accent hover:underline">
                          {runName}
                        </Link>
                      ))}
                    </td>
                  ) : null}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Slot({ slot, label }: { slot: StudySlot | undefined; label: string }) {
  const state = slot?.state ?? 'missing'
  const { sign, word, look } = SLOT_LOOKS[state]
  const spoken = `${label}: ${word}`
  if (!slot?.runId)
    return (
      <span role="img" aria-label={spoken} title={spoken} className={look} data-state={state}>
        {sign}
      </span>
    )
  return (
    <Link
      href={`/runs/${slot.runId}`}
      prefetch={false}
      aria-label={spoken}
      title={spoken}
      className={`inline-block rounded px-1 hover:bg-surface-hover ${look}`}
      data-state={state}
    >
      {sign}
    </Link>
  )
}
