import Link from 'next/link'
import { formatCount } from '../../core/format-number.ts'
import type { RunLink } from '../../core/run-link.ts'
import { RunStatusLabel } from '../_ui/status-dot.tsx'

/** Name of a run, leading to its page. */
export function RunName({ id, name }: { id: string; name: string }) {
  return (
    <Link className="text-accent [overflow-wrap:anywhere] hover:underline" href={`/runs/${id}`}>
      {name}
    </Link>
  )
}

/** The run at the far end of a link; one that was deleted is named and leads nowhere. */
export function LinkedRun({ link: { run } }: { link: RunLink }) {
  if (run.deleted) return <span className="text-muted [overflow-wrap:anywhere]">{run.name} (deleted)</span>
  return (
    <span className="inline-flex flex-wrap items-baseline gap-x-1.5">
      <RunName id={run.id} name={run.name} />
      {run.number === null ? null : <span className="num text-xs text-faint">#{run.number}</span>}
    </span>
  )
}

export function LinkedStatus({ link: { run } }: { link: RunLink }) {
  return run.status === null ? <span className="text-faint">–</span> : <RunStatusLabel status={run.status} reason={null} />
}

/** `step 1,200`, or that the run as a whole is meant. */
export function linkStep({ step }: RunLink): string {
  return step === null ? 'the run as a whole' : `step ${formatCount(step)}`
}
