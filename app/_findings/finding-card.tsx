'use client'

import { useState } from 'react'
import { sureness } from '../../core/findings/sureness.ts'
import { formatCount } from '../../core/format-number.ts'
import { Button } from '../_ui/button.tsx'
import { classNames } from '../_ui/class-names.ts'
import { SEVERITY_LOOKS, SeverityMark } from '../_ui/severity-mark.tsx'
import { jumpToChart, useDiagnosis } from './diagnosis-context.tsx'
import { FindingEvidence } from './finding-evidence.tsx'
import type { ShownFinding } from './shown-finding.ts'
import { UnmuteButton } from './unmute-button.tsx'

interface FindingCardProps {
  finding: ShownFinding
  consequences: ShownFinding[]
  readOnly: boolean
  onMute: (finding: ShownFinding) => void
  /** Inside the card of its cause. */
  nested?: boolean
}

/** One finding: what is wrong, since when, what to try, and on request the numbers and what followed from it. */
export function FindingCard({ finding, consequences, readOnly, onMute, nested }: FindingCardProps) {
  const [open, setOpen] = useState(false)
  const [following, setFollowing] = useState(false)
  const { chosen, choose } = useDiagnosis()
  const { rule, severity, title, subjects, firstStep, confidence, detail, mute, origin } = finding
  const metrics = detail.evidence.flatMap(({ series }) => series ?? [])
  const hasEvidence = detail.evidence.length > 0 || Object.keys(detail.facts ?? {}).length > 0
  const isChosen = chosen === rule
  const show = () => {
    choose(isChosen ? null : rule)
    if (!isChosen) jumpToChart(metrics)
  }
  return (
    <article
      className={classNames(
        'min-w-0 px-3 py-2',
        nested
          ? 'border-t border-border'
          : classNames('rounded border border-l-[3px] border-border', mute ? undefined : SEVERITY_LOOKS[severity].edge),
        isChosen && 'bg-surface',
      )}
      data-testid="finding"
      data-rule={rule}
      data-severity={severity}
    >
      <header className="flex flex-wrap items-start gap-x-2">
        <SeverityMark severity={severity} className="h-5" />
        <h3 className="min-w-0 flex-1 basis-40 font-medium [overflow-wrap:anywhere]">
          {title}
          {subjects.length > 0 ? <span className="font-normal text-muted"> in {named(subjects)}</span> : null}
        </h3>
        <span className="num shrink-0 text-xs leading-5 text-faint">
          since step {formatCount(firstStep)}
          {confidence === null ? null : ` · ${sureness(confidence)}`}
          {origin === 'logged' ? ' · said by the training code' : null}
        </span>
      </header>
      {detail.says ? <p className="mt-1 text-sm whitespace-pre-line text-muted [overflow-wrap:anywhere]">{detail.says}</p> : null}
      {mute ? (
        <p className="mt-1 text-sm text-faint [overflow-wrap:anywhere]">
          Muted{mute.runId === null ? ' in the whole project' : ''}: {mute.reason}
        </p>
      ) : detail.fixes.length > 0 ? (
        <ul className="mt-1.5 list-disc pl-4 text-sm marker:text-faint" aria-label="What to try">
          {detail.fixes.map((fix) => (
            <li key={fix}>{fix}</li>
          ))}
        </ul>
      ) : null}
      <div className="mt-1.5 -ml-2 flex flex-wrap gap-x-0.5">
        {hasEvidence ? (
          <Button look="quiet" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide the numbers' : 'Why?'}
          </Button>
        ) : null}
        {metrics.length > 0 ? (
          <Button look="quiet" size="small" aria-pressed={isChosen} onClick={show} data-testid="show-in-chart">
            {isChosen ? 'Shown in the charts' : 'Show in the chart'}
          </Button>
        ) : null}
        {detail.id === null ? null : (
          <Button asChild look="quiet" size="small">
            <a href={`/api/docs/diagnosis/${rule}`} target="_blank" rel="noreferrer">
              Read more
            </a>
          </Button>
        )}
        {mute ? (
          <UnmuteButton id={mute.id} readOnly={readOnly} />
        ) : (
          <Button
            look="quiet"
            size="small"
            disabled={readOnly}
            title={readOnly ? 'The store is open read-only' : undefined}
            onClick={() => onMute(finding)}
          >
            Mute…
          </Button>
        )}
        {consequences.length > 0 ? (
          <Button look="quiet" size="small" aria-expanded={following} onClick={() => setFollowing(!following)} data-testid="consequences">
            Led to {consequences.length} more: {named(consequences.map((one) => one.title))}
          </Button>
        ) : null}
      </div>
      {open ? <FindingEvidence finding={finding} /> : null}
      {following ? (
        <div className="mt-2 -mr-3 -mb-2">
          {consequences.map((one) => (
            <FindingCard key={one.rule + one.subjects.join()} finding={one} consequences={[]} readOnly={readOnly} onMute={onMute} nested />
          ))}
        </div>
      ) : null}
    </article>
  )
}

const NAMED = 3

function named(names: readonly string[]): string {
  const more = names.length - NAMED
  return more > 0 ? `${names.slice(0, NAMED).join(', ')} and ${more} more` : names.join(', ')
}
