import type { DiagnosedOverview, MetricColumn } from '../../core/overview.ts'

const FIGURES = ['n', 'last', 'lastStep', 'min', 'max', 'minStep', 'maxStep', 'nonFinite'] as const

/**
 * Brings an overview up to date with a newer one of some runs. `asked` are the runs it was asked for: those it does not hold were
 * removed, archived or moved. Returns a new object; columns are shared with the old one only where nothing changed place.
 */
export function patchOverview(overview: DiagnosedOverview, part: DiagnosedOverview, asked: ReadonlySet<string>): DiagnosedOverview {
  const newer = new Map(part.runs.map((run, row) => [run.id, row]))
  const kept = overview.runs.flatMap((run, row) => (asked.has(run.id) && !newer.has(run.id) ? [] : [row]))
  const known = new Set(overview.runs.map((run) => run.id))
  const added = part.runs.flatMap((run, row) => (known.has(run.id) ? [] : [row]))

  /** Rows of the result: which source, and where in it. */
  const sources = [
    ...added.map((row) => ({ from: part, row })),
    ...kept.map((row) => {
      const newRow = newer.get(overview.runs[row]?.id ?? '')
      return newRow === undefined ? { from: overview, row } : { from: part, row: newRow }
    }),
  ]
  const pick = (column: (from: DiagnosedOverview) => Float64Array | undefined, missing: number) =>
    Float64Array.from(sources, ({ from, row }) => column(from)?.[row] ?? missing)

  const metrics = overview.metrics.map((old, index): MetricColumn => {
    const figures = FIGURES.map((figure) => [figure, pick((from) => metricAt(from, index, old.name)?.[figure], figure === 'n' ? 0 : Number.NaN)])
    return { ...old, goal: metricAt(part, index, old.name)?.goal ?? old.goal, ...Object.fromEntries(figures) }
  })
  return {
    rev: Math.max(overview.rev, part.rev),
    runs: sources.flatMap(({ from, row }) => from.runs[row] ?? []),
    lastStep: pick((from) => from.lastStep, Number.NaN),
    metricNames: mergeNames(overview.metricNames, part.metricNames),
    metrics,
    findings: sources.map(({ from, row }) => from.findings[row] ?? null),
  }
}

/** Both were asked for the same metrics in the same order; the name is checked all the same. */
function metricAt(overview: DiagnosedOverview, index: number, name: string): MetricColumn | undefined {
  const column = overview.metrics[index]
  return column?.name === name ? column : overview.metrics.find((candidate) => candidate.name === name)
}

/** Names new to the table are added; the counts of the others are those of the whole table and stay. */
function mergeNames(all: DiagnosedOverview['metricNames'], some: DiagnosedOverview['metricNames']): DiagnosedOverview['metricNames'] {
  const known = new Set(all.map(({ name }) => name))
  const fresh = some.filter(({ name }) => !known.has(name))
  return fresh.length === 0 ? all : [...all, ...fresh]
}

/** The overview without some runs. */
export function removeFromOverview(overview: DiagnosedOverview, ids: ReadonlySet<string>): DiagnosedOverview {
  if (!overview.runs.some((run) => ids.has(run.id))) return overview
  return patchOverview(overview, { ...overview, runs: [], metricNames: [], findings: [] }, ids)
}
