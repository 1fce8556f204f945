import type { inferRouterOutputs } from '@trpc/server'
import type { ShapeChart } from '../../core/diagnosis/shapes/shapes.ts'
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

export interface SpanChoice {
  /** What the chart draws. */
  metrics: readonly string[]
  /** Which of the two main charts it is: these also get the names of their shapes. */
  main: ShapeChart | null
  /** Rule of the finding pointed out; null: none. */
  chosen: string | null
}

/**
 * Stretches to shade in a chart: of the finding chosen, else of the gravest first causes. The main charts say what an expert sees in them;
 * the others show the evidence that lies in their metrics.
 */
export function findingSpans({ findings, report }: Pick<RunAnswer, 'findings' | 'report'>, choice: SpanChoice): XySpan[] {
  const { main, chosen } = choice
  const open = new Map(findings.filter(({ mute, rule }) => mute === null || rule === chosen).map((finding) => [finding.detail.id, finding]))
  const seen = main === null ? [] : (report?.shapes ?? []).filter(({ chart, rule }) => chart === main && open.has(rule))
  const named = new Set(seen.map(({ rule }) => rule as string))
  const evidence = evidenceSpans(findings, named, choice)
  const shapes = seen
    .filter(({ rule }) => chosen === null || open.get(rule)?.rule === chosen)
    .map(
      ({ title, fromStep, toStep, severity }): XySpan => ({
        label: title,
        fromStep,
        toStep,
        tone: severity === 'info' ? 'shape' : severity,
        ...(chosen !== null && { strong: true }),
      }),
    )
  return joined([...evidence, ...shapes])
}

/** `named`: rules whose stretch is shown as a shape. */
function evidenceSpans(findings: readonly ShownFinding[], named: ReadonlySet<string>, { metrics, chosen }: SpanChoice): XySpan[] {
  const inChart = (finding: ShownFinding) =>
    finding.detail.id !== null && named.has(finding.detail.id)
      ? []
      : finding.detail.evidence.filter(({ series }) => series !== null && metrics.includes(series))
  const shown =
    chosen === null
      ? groupFindings(findings.filter(({ mute }) => mute === null))
          .map(({ cause }) => cause)
          .filter((finding) => finding.severity !== 'info' && inChart(finding).length > 0)
          .slice(0, SHADED)
      : findings.filter(({ rule }) => rule === chosen)
  return shown.flatMap((finding) =>
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
}

/** What is said twice of stretches that meet, as of both losses, is one stretch. */
function joined(spans: readonly XySpan[]): XySpan[] {
  const out: XySpan[] = []
  for (const span of spans) {
    const known = out.find(({ label, fromStep, toStep }) => label === span.label && span.fromStep <= toStep && span.toStep >= fromStep)
    if (known) Object.assign(known, { fromStep: Math.min(known.fromStep, span.fromStep), toStep: Math.max(known.toStep, span.toStep) })
    else out.push({ ...span })
  }
  return out.sort((a, b) => a.fromStep - b.fromStep)
}
