import type { FindingsBrief } from '../../core/findings/findings-brief.ts'
import { SeverityMark } from '../_ui/severity-mark.tsx'

/** What was found wrong with a run, the worst first. */
export function FindingsCell({ brief }: { brief: FindingsBrief | null }) {
  if (brief === null)
    return (
      <span className="text-faint" title="Not looked at yet">
        …<span className="sr-only">not looked at yet</span>
      </span>
    )
  const { severity, titles, muted } = brief
  const mutedText = muted > 0 ? `${muted} muted` : null
  if (severity === null)
    return (
      <span className="truncate text-faint" title={mutedText ? `Nothing else found; ${mutedText}` : 'Nothing found'}>
        {mutedText ?? 'none'}
      </span>
    )
  return (
    <span className="flex min-w-0 items-center gap-1" title={[...titles, mutedText].filter(Boolean).join(' · ')}>
      <SeverityMark severity={severity} quiet />
      <span className="min-w-0 truncate">{titles[0]}</span>
      {titles.length > 1 ? <span className="num shrink-0 text-xs text-faint">+{titles.length - 1}</span> : null}
    </span>
  )
}
