import { compareSeverity } from '../../core/findings/findings-brief.ts'
import { sureness } from '../../core/findings/sureness.ts'
import { formatCount } from '../../core/format-number.ts'
import type { FindingSeverity } from '../../core/kinds/values.ts'
import type { DiagnosedRun } from './diagnosed-run.ts'

type Shown = DiagnosedRun['findings'][number]

const MARKS = { critical: 'CRITICAL', warning: 'WARNING ', info: 'note    ' } as const
const INDENT = ' '.repeat(12)

/** Worst of what is not muted; null when nothing is wrong. */
export function worstOf(runs: readonly DiagnosedRun[]): FindingSeverity | null {
  const open = runs.flatMap(({ findings }) => findings.filter(({ mute }) => mute === null).map(({ severity }) => severity))
  return open.sort(compareSeverity)[0] ?? null
}

/** One run for people: causes with what they led to, what to try, and with `all` also what is muted or could not be checked. */
export function runText({ run, findings, report }: DiagnosedRun, all: boolean): string {
  const open = findings.filter(({ mute }) => mute === null)
  const causes = open.filter((finding) => causeIn(finding, open) === null)
  const lines = causes.flatMap((cause) => [
    ...findingLines(cause),
    ...open.filter((one) => rootIn(one, open) === cause && one !== cause).map(consequenceLine),
  ])
  const muted = findings.filter(({ mute }) => mute !== null)
  if (all) for (const { title, mute } of muted) lines.push(`  muted     ${title}: ${mute?.reason}`)
  else if (muted.length > 0) lines.push(`  ${muted.length} muted (--all lists them)`)
  if (all) for (const { title, needs } of report.waiting) lines.push(`  no data   ${title}: ${needs}`)
  if (lines.length === 0) lines.push('  nothing found')
  return `${run.name}  #${run.number}  ${run.project}  ${run.status}\n${lines.join('\n')}\n`
}

function findingLines({ severity, title, subjects, firstStep, confidence, detail, origin }: Shown): string[] {
  const sure = confidence === null ? '' : `, ${sureness(confidence)}`
  const where = subjects.length > 0 ? ` in ${subjects.slice(0, 5).join(', ')}${subjects.length > 5 ? ` and ${subjects.length - 5} more` : ''}` : ''
  const by = origin === 'logged' ? ', said by the training code' : ''
  return [
    `  ${MARKS[severity]}  ${title}${where}, since step ${formatCount(firstStep)}${sure}${by}`,
    ...(detail.says === '' ? [] : [INDENT + detail.says.replaceAll(/\s*\n\s*/g, ' ')]),
    ...detail.fixes.map((fix, i) => `${INDENT}${i === 0 ? 'try: ' : '     '}${fix}`),
  ]
}

function consequenceLine({ severity, title, firstStep }: Shown): string {
  return `${INDENT}led to: ${title} (${severity === 'info' ? 'note' : severity}, since step ${formatCount(firstStep)})`
}

function causeIn(finding: Shown, open: readonly Shown[]): Shown | null {
  return open.find(({ rule }) => rule === finding.detail.causedBy) ?? null
}

function rootIn(finding: Shown, open: readonly Shown[]): Shown {
  const cause = causeIn(finding, open)
  return cause === null || cause === finding ? finding : rootIn(cause, open)
}

/** `3 runs: 1 critical, 1 with warnings, 1 with nothing wrong`. */
export function totalText(runs: readonly DiagnosedRun[]): string {
  const of = (severity: FindingSeverity | null) => runs.filter((run) => worstOf([run]) === severity).length
  const well = of(null) + of('info')
  const parts = [
    of('critical') > 0 ? `${formatCount(of('critical'))} critical` : '',
    of('warning') > 0 ? `${formatCount(of('warning'))} with warnings` : '',
    well > 0 ? `${formatCount(well)} with nothing wrong` : '',
  ]
  return `${formatCount(runs.length)} ${runs.length === 1 ? 'run' : 'runs'}: ${parts.filter(Boolean).join(', ')}\n`
}

/** As programs read it. */
export function runJson({ run, findings, report }: DiagnosedRun) {
  const { id, name, number, project, status } = run
  return {
    run: { id, name, number, project, status },
    severity: worstOf([{ run, findings, report }]),
    findings: findings.map(({ detail: { id: number, ...detail }, rule, ...finding }) => ({ rule, id: number, ...finding, ...detail })),
    notEnoughData: report.waiting,
    notApplicable: report.notApplicable,
    clear: report.clear,
    roles: report.roles,
  }
}
