import { findingDetail } from '../core/findings/finding-detail.ts'
import type { RunFinding } from '../core/findings/run-finding.ts'
import { formatCount } from '../core/format-number.ts'

const NAMED = 3

/** `warning at step 1,200: Overfitting. val/loss rose by 21 % …` */
export function findingText(finding: RunFinding, where = ''): string {
  const { severity, title, subjects, firstStep } = finding
  const { says } = findingDetail(finding)
  const more = subjects.length > NAMED ? ` and ${subjects.length - NAMED} more` : ''
  const layers = subjects.length > 0 ? ` in ${subjects.slice(0, NAMED).join(', ')}${more}` : ''
  return `${severity} at step ${formatCount(firstStep)}${where}: ${title}${layers}${says === '' ? '' : `. ${says}`}`.replaceAll(/\s*[\r\n]+\s*/g, ' ')
}

/** The line of the training console: with the name of the run, of which a process may have several, and what to try first. */
export function findingLine(finding: RunFinding, run: string): string {
  const [fix] = findingDetail(finding).fixes
  return `${findingText(finding, ` of ${run}`)}${fix === undefined ? '' : ` · try: ${fix}`}`
}
