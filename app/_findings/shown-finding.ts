import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../server/router.ts'
import type { XySpan } from '../_charts/xy/xy-data.ts'

/** What `diagnosis.run` answers. */
export type RunAnswer = inferRouterOutputs<AppRouter>['diagnosis']['run']
export type ShownFinding = RunAnswer['findings'][number]

/** A first cause with what followed from it, in the order of the diagnosis. */
export interface FindingGroup {
  cause: ShownFinding
  consequences: ShownFinding[]
}

/** Charts would drown in colour: without a choice only so many findings are shaded. */
const SHADED = 2

/** Findings of a run under their first causes. A consequence whose cause is muted stands for itself. */
export function groupFindings(findings: readonly ShownFinding[]): FindingGroup[] {
  const byRule = new Map(findings.map((finding) => [finding.rule, finding]))
  const rootOf = (finding: ShownFinding): ShownFinding => {
    const cause = finding.detail.causedBy === null ? undefined : byRule.get(finding.detail.causedBy)
    return cause && cause !== finding ? rootOf(cause) : finding
  }
  const groups = new Map<ShownFinding, FindingGroup>()
  for (const finding of findings) if (rootOf(finding) === finding) groups.set(finding, { cause: finding, consequences: [] })
  for (const finding of findings) {
    const root = rootOf(finding)
    if (root !== finding) groups.get(root)?.consequences.push(finding)
  }
  return [...groups.values()]
}

/** Stretches of the evidence that lie in a chart of these metrics: of the finding chosen, else of the gravest first causes. */
export function findingSpans(findings: readonly ShownFinding[], metrics: readonly string[], chosen: string | null): XySpan[] {
  const inChart = (finding: ShownFinding) => finding.detail.evidence.filter(({ series }) => series !== null && metrics.includes(series))
  const shown =
    chosen === null
      ? groupFindings(findings.filter(({ mute }) => mute === null))
          .map(({ cause }) => cause)
          .filter((finding) => finding.severity !== 'info' && inChart(finding).length > 0)
          .slice(0, SHADED)
      : findings.filter(({ rule }) => rule === chosen)
  const spans = shown.flatMap((finding) =>
    inChart(finding).map(
      ({ fromStep, toStep }): XySpan => ({
        label: finding.title,
        fromStep,
        toStep,
        tone: finding.severity,
        ...(chosen !== null && { strong: true }),
      }),
    ),
  )
  return spans.filter((span, at) => spans.findIndex((one) => JSON.stringify(one) === JSON.stringify(span)) === at)
}
