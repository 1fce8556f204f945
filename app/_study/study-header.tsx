'use client'

import { ChartLine, MoreHorizontal, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { formatCount } from '../../core/format-number.ts'
import { COMPARE_MAX, compareAddress } from '../_runs/compare-address.ts'
import { Badge } from '../_ui/badge.tsx'
import { Button } from '../_ui/button.tsx'
import { Menu, MenuItem } from '../_ui/menu.tsx'
import { TimeAgo } from '../_ui/time-text.tsx'
import { BaselinePicker } from './baseline-picker.tsx'
import { SHAPE_TEXTS } from './shape-text.ts'
import type { StudyData } from './use-study.ts'

/** Name, shape, baseline with its reason, and what is in the study. */
export function StudyHeader({ data, readOnly, onRemove }: { data: StudyData; readOnly: boolean; onRemove: () => void }) {
  const { study, result } = data
  const { runs, n } = result.checklist
  const seeds = n.least === n.most ? `${n.most}` : `${n.least}–${n.most}`
  const facts = [
    `${formatCount(result.variants.length)} ${result.variants.length === 1 ? 'variant' : 'variants'}`,
    `n = ${seeds}`,
    `${formatCount(runs.finished)} of ${formatCount(runs.total)} runs finished`,
    ...(runs.unfinished > 0 ? [`${formatCount(runs.unfinished)} unfinished`] : []),
    ...(runs.failed > 0 ? [`${formatCount(runs.failed)} failed`] : []),
  ]
  return (
    <header className="flex flex-col gap-1 px-3 pt-2 pb-1.5">
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
        <Link href="/ablations" className="text-sm text-muted hover:text-text hover:underline">
          Ablation studies
        </Link>
        <span aria-hidden className="text-border-strong">
          /
        </span>
        <h1 className="min-w-0 text-lg font-semibold break-words" data-testid="study-name">
          {study.name}
        </h1>
        <Badge title={SHAPE_TEXTS[study.shape].meaning} data-testid="study-shape">
          {SHAPE_TEXTS[study.shape].name}
        </Badge>
        {study.origin === 'declared' ? <Badge title="Its variants are declared in code by ablate()">declared</Badge> : null}
        <span className="ml-auto flex items-center gap-1">
          <Button asChild size="small">
            <Link
              href={compareAddress(study.runs.slice(0, COMPARE_MAX).map(({ runId }) => ({ id: runId })))}
              prefetch={false}
              title="Curves, figures and configs of the runs side by side"
            >
              <ChartLine size={13} />
              Compare runs
            </Link>
          </Button>
          <Menu
            align="end"
            trigger={
              <Button look="quiet" size="small-icon" aria-label="Menu of the study">
                <MoreHorizontal size={14} />
              </Button>
            }
          >
            <MenuItem icon={<Trash2 size={13} />} danger disabled={readOnly} onSelect={onRemove}>
              Remove the study…
            </MenuItem>
          </Menu>
        </span>
      </div>
      <p className="num text-sm text-muted" data-testid="study-facts">
        <Link href={`/?${new URLSearchParams({ project: study.project })}`} className="hover:underline">
          {study.project}
        </Link>
        {' · '}
        {facts.join(' · ')}
        {' · '}
        <span className="text-faint">
          changed <TimeAgo at={study.updatedAt} />
        </span>
      </p>
      <BaselinePicker study={study} result={result} readOnly={readOnly} />
    </header>
  )
}
