'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useState } from 'react'
import type { StudyMetric } from '../../core/ablation/study.ts'
import type { StudyComparison, StudyResult } from '../../core/ablation/study-result.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import { toSignedDecimals } from '../../core/table/decimal.ts'
import { Badge } from '../_ui/badge.tsx'
import { Tooltip } from '../_ui/tooltip.tsx'
import { ComparisonDetails } from './comparison-details.tsx'
import { shownComparisons } from './forest-of.ts'
import { pText, VERDICT_WORDS, verdictText } from './verdict-text.ts'

const CELL = 'px-2 py-1'
const TONES = { significant: 'accent', 'not-significant': 'neutral', 'out-of-reach': 'warning', 'not-tested': 'neutral' } as const

interface ComparisonsTableProps {
  result: StudyResult
  settings: TableSettings
  metric: StudyMetric
  places: number
}

/** One line per comparison; opened, it tells everything that was computed and why. */
export function ComparisonsTable({ result, settings, metric, places }: ComparisonsTableProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const comparisons = shownComparisons(result, settings, metric.name)
  if (comparisons.length === 0) return null
  const label = (key: string) => result.variants.find((variant) => variant.key === key)?.label ?? key
  const power = metric.unit === '%' ? 2 : 0
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }
  const unit = metric.unit === '%' ? ' (points)' : metric.unit ? ` (${metric.unit})` : ''
  return (
    <div className="relative overflow-x-auto rounded border border-border">
      <table className="w-full text-sm" data-testid="comparisons">
        <thead className="bg-surface text-xs text-muted">
          <tr>
            {[
              'Variant',
              'Against',
              `Δ${unit}`,
              `${Number((100 * (1 - result.alpha)).toPrecision(6))}% interval`,
              'Relative',
              'g',
              'p',
              'p corrected',
              'Verdict',
            ].map((heading, at) => (
              <th key={heading} scope="col" className={`${CELL} font-medium whitespace-nowrap ${at >= 2 && at <= 7 ? 'text-right' : 'text-left'}`}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparisons.map((one) => {
            const isOpen = open.has(one.variant)
            const Chevron = isOpen ? ChevronDown : ChevronRight
            const signed = (value: number) => toSignedDecimals(value, places, power).replace('-', '−')
            return (
              <Fragment key={one.variant}>
                <tr className="border-t border-border hover:bg-surface-hover" data-comparison={one.variant}>
                  <th scope="row" className={`${CELL} text-left font-medium`}>
                    <button
                      type="button"
                      className="flex items-center gap-1 rounded text-left"
                      aria-expanded={isOpen}
                      onClick={() => toggle(one.variant)}
                    >
                      <Chevron size={13} className="shrink-0 text-faint" />
                      {label(one.variant)}
                    </button>
                  </th>
                  <td className={`${CELL} text-muted`}>{label(one.reference)}</td>
                  <Figure computed={one.difference} text={(found) => signed(found.value)} />
                  <Figure computed={one.ci} text={(found) => `[${signed(found.low)}, ${signed(found.high)}]`} />
                  <Figure computed={one.relative} text={(found) => `${toSignedDecimals(found.percent, 1).replace('-', '−')} %`} />
                  <Figure computed={one.effects.hedgesG} text={(found) => toSignedDecimals(found.value, 2).replace('-', '−')} />
                  <Figure computed={one.p} text={(found) => pText(found.value)} />
                  <Figure computed={one.pAdjusted} text={(found) => pText(found.value)} />
                  <td className={CELL}>
                    <Verdict comparison={one} result={result} />
                  </td>
                </tr>
                {isOpen ? (
                  <tr className="border-t border-border bg-surface">
                    <td colSpan={9} className="px-3 py-2">
                      <ComparisonDetails comparison={one} result={result} metric={metric} places={places} reference={label(one.reference)} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

type Maybe<T> = ({ defined: true } & T) | { defined: false; reason: string }

/** A number, or a dash that tells why there is none. */
function Figure<T>({ computed, text }: { computed: Maybe<T>; text: (found: { defined: true } & T) => string }) {
  return (
    <td className={`${CELL} num text-right whitespace-nowrap`}>
      {computed.defined ? (
        text(computed)
      ) : (
        <Tooltip text={computed.reason}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be within reach of the keyboard */}
          <span role="note" tabIndex={0} aria-label={`Not given: ${computed.reason}`} className="px-1 text-faint">
            –
          </span>
        </Tooltip>
      )}
    </td>
  )
}

function Verdict({ comparison, result }: { comparison: StudyComparison; result: StudyResult }) {
  const { verdict, difference, equivalence } = comparison
  const better = verdict === 'significant' && difference.defined ? `, ${difference.better}` : ''
  return (
    <span className="flex flex-wrap gap-1">
      <Tooltip text={verdictText(comparison, result)}>
        <Badge tone={TONES[verdict]} tabIndex={0} role="note">
          {VERDICT_WORDS[verdict]}
          {better}
        </Badge>
      </Tooltip>
      {equivalence.defined && equivalence.equivalent ? <Badge>equivalent</Badge> : null}
    </span>
  )
}
