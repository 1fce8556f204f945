import type { LegendEntry } from './chart-legend.tsx'
import type { ScalarSeries } from './scalar-card.tsx'
import type { Dash, XyLine } from './xy/xy-data.ts'

type Styled = Pick<XyLine, 'key' | 'label' | 'colour' | 'dash'>

/**
 * What the legend of a card lists. Where the splits of several runs share it, each run once, as colour tells the run, and what the
 * dashes mean; otherwise each line.
 */
export function legendEntries(
  series: ScalarSeries[],
  styled: Styled[],
  lines: XyLine[],
): { entries: LegendEntry[]; dashes: { label: string; dash: Dash }[] } {
  const columnsOf = new Map(lines.map((line) => [line.key, line.columns]))
  const single = styled.map((line): LegendEntry => {
    const columns = columnsOf.get(line.key)
    const { key, label, colour, dash } = line
    return { key, label, colour, dash, nonFinite: columns?.nonFinite ?? 0, missing: columns?.total === 0 }
  })
  const dashes = new Map(series.flatMap(({ split }, index) => (split && styled[index] ? [[split as string, styled[index].dash]] : [])))
  if (series.some((one) => one.runName === undefined) || new Set(series.map((one) => one.runId)).size < 2 || dashes.size < 2)
    return { entries: single, dashes: [] }
  const byRun = new Map<string, LegendEntry>()
  for (const [index, one] of series.entries()) {
    const line = single[index]
    if (!line) continue
    const entry = byRun.get(one.runId)
    byRun.set(one.runId, {
      key: one.runId,
      keys: [...(entry?.keys ?? []), line.key],
      label: one.runName ?? line.label,
      colour: line.colour,
      dash: 'solid',
      nonFinite: (entry?.nonFinite ?? 0) + line.nonFinite,
      missing: (entry?.missing ?? true) && line.missing,
    })
  }
  return { entries: [...byRun.values()], dashes: [...dashes].map(([label, dash]) => ({ label, dash })) }
}
