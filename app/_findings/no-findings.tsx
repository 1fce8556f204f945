import Link from 'next/link'
import { formatCount } from '../../core/format-number.ts'
import { Button } from '../_ui/button.tsx'
import { EmptyState } from '../_ui/empty-state.tsx'
import type { ProjectAnswer } from './use-project-findings.ts'

interface NoFindingsProps {
  data: ProjectAnswer
  /** Findings of any severity with this search. */
  notes: number
  muted: boolean
  searching: boolean
  onShowNotes: () => void
  onClear: () => void
}

/** An empty list of findings says what that means: nothing wrong, not looked at yet, or only notes. */
export function NoFindings({ data, notes, muted, searching, onShowNotes, onClear }: NoFindingsProps) {
  if (searching && notes === 0)
    return (
      <EmptyState title="No finding matches" actions={<Button onClick={onClear}>Clear the search</Button>}>
        Searched are the name of the diagnosis, its sentence, layers, run and project.
      </EmptyState>
    )
  if (notes > 0)
    return (
      <EmptyState
        title={searching ? 'Nothing that grave matches' : 'Nothing is wrong'}
        actions={<Button onClick={onShowNotes}>Show {formatCount(notes)} less grave</Button>}
      >
        There {notes === 1 ? 'is one finding' : `are ${formatCount(notes)} findings`} of less weight, such as a plateau or a run that could go on.
      </EmptyState>
    )
  if (muted) return <EmptyState title="Nothing is muted">A finding is muted on its card, with a reason.</EmptyState>
  if (data.runs === 0)
    return (
      <EmptyState
        title="No runs to look at"
        actions={
          <Button asChild>
            <Link href="/">All runs</Link>
          </Button>
        }
      >
        Findings appear here by themselves as soon as a run logs its loss.
      </EmptyState>
    )
  if (data.unseen === data.runs) return <EmptyState title="Looking at the runs">The first findings appear here in a moment.</EmptyState>
  return (
    <EmptyState title="Nothing found">
      {formatCount(data.runs - data.unseen)} {data.runs === 1 ? 'run was' : 'runs were'} looked at. The page of a run says which checks were made, and
      what to log for the others.
    </EmptyState>
  )
}
