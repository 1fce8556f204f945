import { LossboardError } from '../core/errors.ts'
import type { Histogram } from '../core/kinds/histogram.ts'
import { mergeHistograms } from '../core/kinds/merge-histograms.ts'
import type { Run } from '../core/run.ts'
import type { Store, StoredRecord } from '../db/store.ts'
import { newestLine } from './newest-line.ts'

const PAGE = 2000

export interface HistogramColumn {
  firstStep: number
  lastStep: number
  /** Records added into this column. */
  merged: number
  histogram: Histogram
}

/**
 * At most `columns` histograms over the whole line of a run (more only where neighbours cannot be added because their layouts differ):
 * neighbours in step order are merged by adding counts.
 */
export async function histogramColumns(store: Store, runId: string, name: string, columns: number) {
  const run = await store.run(runId)
  if (run === null) throw new LossboardError('not_found', `there is no run "${runId}": it may have been deleted`)
  const { line, superseded } = await readLine(store, run, name)
  const merged: HistogramColumn[] = []
  let column = -1
  line.forEach((record, index) => {
    const histogram = record.payload as unknown as Histogram
    const target = Math.floor((index * columns) / Math.max(columns, line.length))
    const open = target === column ? merged.at(-1) : undefined
    const sum = open && mergeHistograms(open.histogram, histogram)
    if (open && sum) Object.assign(open, { lastStep: record.step, merged: open.merged + 1, histogram: sum })
    else merged.push({ firstStep: record.step, lastStep: record.step, merged: 1, histogram })
    column = target
  })
  return { columns: merged, n: line.length, superseded }
}

/** The run's own records, and those of the run it was forked from up to where it forked, as for points. */
async function readLine(store: Store, run: Run, name: string): Promise<{ line: StoredRecord[]; superseded: number }> {
  const own = await readAll(store, run.id, name)
  const line = newestLine(own, await store.attempts(run.id))
  const superseded = own.length - line.length
  const parent = run.parentId === null ? null : await store.run(run.parentId)
  if (parent === null) return { line, superseded }
  const fork = run.forkStep ?? line[0]?.step ?? Number.POSITIVE_INFINITY
  const inherited = (await readLine(store, parent, name)).line.filter((record) => record.step < fork)
  return { line: [...inherited, ...line].sort((a, b) => a.step - b.step), superseded }
}

async function readAll(store: Store, runId: string, name: string): Promise<StoredRecord[]> {
  const all: StoredRecord[] = []
  for (;;) {
    const page = await store.records({ runId, name, kind: 'histogram', afterId: all.at(-1)?.id, limit: PAGE, all: true })
    all.push(...page)
    if (page.length < PAGE) return all
  }
}
