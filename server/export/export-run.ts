import { LossboardError } from '../../core/errors.ts'
import type { SeriesSummary } from '../../core/run.ts'
import type { Store, StoredRecord } from '../../db/store.ts'
import type { ExportBatch, ExportSeries } from './export-format.ts'
import { exportFormat } from './registry.ts'

const RECORD_PAGE = 500

export interface ExportOptions {
  /** Id of a format in `registry.ts`. */
  format: string
  /** Also write superseded points, marked; default false. */
  all?: boolean
  /** Only these metrics, and no records; default everything. */
  metrics?: string[]
  /** Called after each batch with the number of points read so far. */
  onPoints?: (points: number) => void
}

/** A run as a file, a piece at a time. Throws `not_found` for an unknown run or metric and `invalid_argument` for an unknown format. */
export async function* exportRun(store: Store, runId: string, options: ExportOptions): AsyncGenerator<string> {
  const format = exportFormat(options.format)
  const all = options.all ?? false
  const run = await store.findRun(runId)
  const chosen = choose(await store.series(run.id), options.metrics, run.name)
  const leftOut = all ? 0 : chosen.reduce((sum, summary) => sum + summary.superseded, 0)
  let points = 0
  async function* counted(batches: ExportSeries['batches']): AsyncGenerator<ExportBatch> {
    for await (const batch of batches) {
      yield batch
      points += batch.step.length
      options.onPoints?.(points)
    }
  }
  async function* series(): AsyncGenerator<ExportSeries> {
    for (const summary of chosen) yield { summary, batches: counted(store.points(run.id, summary.name, { all })) }
  }
  yield* format.write({ run, all, leftOut, series: series(), records: options.metrics ? none() : records(store, run.id) })
}

function choose(series: SeriesSummary[], metrics: string[] | undefined, runName: string): SeriesSummary[] {
  if (!metrics) return series
  return metrics.map((name) => {
    const found = series.find((summary) => summary.name === name)
    if (found) return found
    throw new LossboardError('not_found', `run ${runName} has no metric "${name.slice(0, 100)}"${nearby(series)}`)
  })
}

function nearby(series: SeriesSummary[]): string {
  if (series.length === 0) return ': it has logged none yet'
  const shown = series.slice(0, 10).map((summary) => summary.name)
  return `: it has ${shown.join(', ')}${series.length > shown.length ? ` and ${series.length - shown.length} more` : ''}`
}

async function* records(store: Store, runId: string): AsyncGenerator<StoredRecord> {
  for (let afterId: number | undefined; ; ) {
    const page = await store.records({ runId, afterId, limit: RECORD_PAGE })
    yield* page
    if (page.length < RECORD_PAGE) return
    afterId = page.at(-1)?.id
  }
}

async function* none(): AsyncGenerator<StoredRecord> {}
