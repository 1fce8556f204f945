import { LossboardError } from '../core/errors.ts'
import type { Histogram } from '../core/kinds/histogram.ts'
import { mergeHistograms } from '../core/kinds/merge-histograms.ts'
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

/** At most `columns` histograms over the whole run: neighbours in step order are merged by adding counts, as long as their layouts match. */
export async function histogramColumns(store: Store, runId: string, name: string, columns: number) {
  if ((await store.run(runId)) === null) throw new LossboardError('not_found', `no run ${runId} in this store: it may have been deleted`)
  const all: StoredRecord[] = []
  for (let afterId: number | undefined; ; ) {
    const page = await store.records({ runId, name, kind: 'histogram', afterId, limit: PAGE })
    all.push(...page)
    if (page.length < PAGE) break
    afterId = page.at(-1)?.id
  }
  const line = newestLine(all, await store.attempts(runId))
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
  return { columns: merged, n: line.length, superseded: all.length - line.length }
}
