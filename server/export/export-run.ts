import { LossboardError } from '../../core/errors.ts'
import type { Run, SeriesSummary } from '../../core/run.ts'
import type { Store, StoredRecord } from '../../db/store.ts'
import type { ExportBatch, ExportSource } from './export-format.ts'
import { exportFormat } from './registry.ts'

const RECORD_PAGE = 500

export interface ExportOptions {
  /** Id of a format in `registry.ts`. */
  format: string
  /** Also write superseded points, marked; default false. */
  all?: boolean
  /** Only these metrics, and no records; default everything. */
  metrics?: string[]
  /** Write the bytes of records where the format leaves the choice; default false. */
  blobs?: boolean
  /** Called after each batch with the number of points read so far. */
  onPoints?: (points: number) => void
  /** Told what of a run the file does not hold, or not as it is. */
  onTell?: (run: Run, what: string) => void
}

/** One run as a file, a piece at a time. Throws `not_found` for an unknown run or metric and `invalid_argument` for an unknown format. */
export async function* exportRun(store: Store, runId: string, options: ExportOptions): AsyncGenerator<string | Uint8Array> {
  yield* exportRuns(store, [await store.findRun(runId)], options)
}

/** Several runs as one file. Not every run must have every metric that is named, but one must. */
export async function* exportRuns(store: Store, runs: readonly Run[], options: ExportOptions): AsyncGenerator<string | Uint8Array> {
  const format = exportFormat(options.format)
  if (!format.joinsRuns && runs.length !== 1)
    throw new LossboardError('invalid_argument', `a file of format ${format.id} holds one run: export these ${runs.length} one at a time`)
  await checkMetrics(store, runs, options.metrics ?? [])
  let points = 0
  const count = (more: number) => {
    points += more
    options.onPoints?.(points)
  }
  yield* format.write(
    (async function* () {
      for (const run of runs) yield await source(store, run, options, count)
    })(),
  )
}

async function source(store: Store, run: Run, options: ExportOptions, count: (points: number) => void): Promise<ExportSource> {
  const all = options.all ?? false
  const series = await store.series(run.id)
  const chosen = options.metrics ? series.filter(({ name }) => options.metrics?.includes(name)) : series
  // What is gone through again is not counted again.
  const counted = new Set<string>()
  return {
    run,
    all,
    leftOut: all ? 0 : chosen.reduce((sum, summary) => sum + summary.superseded, 0),
    series: again(async function* () {
      for (const summary of chosen) yield { summary, batches: again(() => batches(summary.name)) }
    }),
    records: options.metrics ? none() : records(store, run.id),
    blobs: options.blobs ?? false,
    blob: async (hash) => (await store.blob(hash))?.bytes ?? null,
    tell: (what) => options.onTell?.(run, what),
  }

  async function* batches(name: string): AsyncGenerator<ExportBatch> {
    const isNew = !counted.has(name)
    counted.add(name)
    for await (const batch of store.points(run.id, name, { all })) {
      yield batch
      if (isNew) count(batch.step.length)
    }
  }
}

const again = <Item>(make: () => AsyncGenerator<Item>): AsyncIterable<Item> => ({ [Symbol.asyncIterator]: make })

/** Throws `not_found` for a metric that no run has, naming those there are. */
async function checkMetrics(store: Store, runs: readonly Run[], metrics: readonly string[]): Promise<void> {
  if (metrics.length === 0) return
  const all = new Map<string, SeriesSummary>()
  for (const run of runs) for (const series of await store.series(run.id)) all.set(series.name, series)
  for (const name of metrics) {
    if (all.has(name)) continue
    const who = runs.length === 1 ? `run ${runs[0]!.name} has` : `these ${runs.length} runs have`
    throw new LossboardError('not_found', `${who} no metric "${name.slice(0, 100)}"${nearby([...all.values()])}`)
  }
}

function nearby(series: SeriesSummary[]): string {
  if (series.length === 0) return ': none was logged yet'
  const shown = series.slice(0, 10).map((summary) => summary.name)
  return `: there is ${shown.join(', ')}${series.length > shown.length ? ` and ${series.length - shown.length} more` : ''}`
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
