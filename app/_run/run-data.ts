import type { Attempt, MetricRule, Run, SeriesSummary } from '../../core/run.ts'
import type { RunLinks } from '../../core/run-link.ts'
import { fromSeriesTable, type SeriesTable } from '../../core/series-table.ts'
import type { RecordKey } from '../../core/stored-record.ts'
import { type Packed, unpack } from '../../core/wire.ts'

export interface NamedRun {
  id: string
  name: string
}

/** Everything the run page knows before it asks for charts. */
export interface RunData {
  run: Run
  attempts: Attempt[]
  series: SeriesSummary[]
  records: RecordKey[]
  rules: MetricRule[]
  parent: NamedRun | null
  children: NamedRun[]
  /** Checkpoints begun with and members of an ensemble, both ways. */
  links: RunLinks
}

/** The answer of `runs.get` with its packed columns read back, so that NaN and ±Infinity are numbers again. */
export function readRun(wire: unknown): RunData {
  const { series, ...rest } = wire as Omit<RunData, 'series'> & { series: Packed<SeriesTable> }
  return { ...rest, series: fromSeriesTable(unpack<SeriesTable>(series)) }
}
