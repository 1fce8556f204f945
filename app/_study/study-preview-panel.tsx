'use client'

import { IGNORED_KEYS } from '../../core/ablation/ignored-keys.ts'
import { Select } from '../_charts/select.tsx'
import { Badge } from '../_ui/badge.tsx'
import { classNames } from '../_ui/class-names.ts'
import { IgnoredKeys } from './ignored-keys.tsx'
import { SHAPE_TEXTS } from './shape-text.ts'
import { StudyWarnings } from './study-warnings.tsx'
import type { StudyPreview } from './use-make-study.ts'
import { VariantChanges } from './variant-changes.tsx'

interface StudyPreviewPanelProps {
  preview: StudyPreview
  busy: boolean
  onBaseline: (key: string) => void
  onIgnore: (patterns: string[]) => void
}

/** What was found in the configs: shape, factors, baseline, variants, warnings. */
export function StudyPreviewPanel({ preview: { definition, result }, busy, onBaseline, onIgnore }: StudyPreviewPanelProps) {
  const factors = [...new Set(definition.variants.flatMap(({ changes }) => changes.map(({ path }) => path)))]
  return (
    <div className={classNames('flex flex-col gap-3', busy && 'opacity-60')} aria-busy={busy} data-testid="study-preview">
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Badge title={SHAPE_TEXTS[definition.shape].meaning}>{SHAPE_TEXTS[definition.shape].name}</Badge>
        <span className="text-muted">
          {factors.length === 0
            ? 'The configs do not differ: there is nothing to compare.'
            : `${factors.length} ${factors.length === 1 ? 'factor' : 'factors'}: `}
          {factors.slice(0, 12).map((path, at) => (
            <span key={path}>
              {at > 0 ? ', ' : ''}
              <code className="font-mono text-xs text-text">{path}</code>
            </span>
          ))}
          {factors.length > 12 ? ` and ${factors.length - 12} more` : ''}
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <span className="text-muted">Baseline</span>
        <Select
          label="Baseline"
          value={definition.baseline}
          onChange={onBaseline}
          groups={[{ options: definition.variants.map(({ key, label }) => ({ value: key, label })) }]}
          testId="preview-baseline"
        />
        <span className="text-faint">{definition.baselineReason}</span>
      </div>
      <div className="relative max-h-72 overflow-auto rounded border border-border">
        <table className="w-full text-sm" data-testid="preview-variants">
          <thead className="sticky top-0 bg-surface text-left text-xs text-muted">
            <tr>
              <th scope="col" className="px-2 py-1 font-medium">
                Variant
              </th>
              <th scope="col" className="px-2 py-1 font-medium">
                Changes
              </th>
              <th scope="col" className="px-2 py-1 text-right font-medium" title="Distinct seeds that finished">
                n
              </th>
              <th scope="col" className="px-2 py-1 text-right font-medium">
                Runs
              </th>
            </tr>
          </thead>
          <tbody>
            {result.variants.map((variant) => (
              <tr key={variant.key} className="border-t border-border">
                <th scope="row" className="px-2 py-1 text-left align-top font-normal">
                  {variant.label}
                  {variant.isBaseline ? <span className="text-faint"> (baseline)</span> : null}
                </th>
                <td className="px-2 py-1 align-top">
                  <VariantChanges changes={variant.changes} />
                </td>
                <td className={classNames('num px-2 py-1 text-right align-top', variant.n < 2 && 'text-warning')}>{variant.n}</td>
                <td className="num px-2 py-1 text-right align-top text-muted">{variant.runs.total}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <IgnoredKeys ignored={definition.ignored} patterns={definition.ignorePatterns ?? IGNORED_KEYS} onChange={onIgnore} />
      <div className="-mx-3">
        <StudyWarnings result={result} />
      </div>
    </div>
  )
}
