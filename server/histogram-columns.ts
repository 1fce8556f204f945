import { LossboardError } from '../core/errors.ts'
import type { Histogram } from '../core/kinds/histogram.ts'
import { mergeHistograms } from '../core/kinds/merge-histograms.ts'
import { type LineRun, lineSources } from '../core/line.ts'
import type { Attempt, Run } from '../core/run.ts'
import type { Store, StoredRecord } from '../db/store.ts'

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
  const { line, superseded } = await readLine(store, runId, name)
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

export interface HistogramStep {
  step: number
  histogram: Histogram
}

/** At most `columns` histograms of the line as they were logged, evenly spread over it, the newest among them: for those that cannot be added. */
export async function histogramSteps(store: Store, runId: string, name: string, columns: number) {
  const { line, superseded } = await readLine(store, runId, name)
  const drawn = Math.min(columns, line.length)
  const steps = Array.from({ length: drawn }, (_, i): HistogramStep => {
    const { step, payload } = line[Math.floor(((i + 1) * line.length) / drawn) - 1]!
    return { step, histogram: payload as unknown as Histogram }
  })
  return { steps, n: line.length, superseded }
}

/**
 * The line of a run's records, by the rule for points (`core/line.ts`): its own, and before the step where it forked those of the run it
 * came from. `superseded` counts the run's own that are not on it.
 */
async function readLine(store: Store, runId: string, name: string): Promise<{ line: StoredRecord[]; superseded: number }> {
  const run = await store.run(runId)
  if (run === null) throw new LossboardError('not_found', `there is no run "${runId}": it may have been deleted`)
  const lineage: LineRun<{ records: StoredRecord[] }>[] = []
  let ownRecords = 0
  for (let at: Run | null = run; at !== null; at = at.parentId === null ? null : await store.run(at.parentId)) {
    const records = await readAll(store, at.id, name)
    if (at === run) ownRecords = records.length
    lineage.unshift({ forkStep: at.forkStep, attempts: (await store.attempts(at.id)).map((attempt) => ofAttempt(attempt, records)) })
  }
  const byStep = new Map<number, StoredRecord>()
  for (const { series, before } of lineSources(lineage)) {
    for (const record of series.records) if (record.step < before) byStep.set(record.step, record)
  }
  const line = [...byStep.values()].sort((a, b) => a.step - b.step)
  return { line, superseded: ownRecords - line.filter((record) => record.runId === run.id).length }
}

/** Records are in the order they were written: of several at one step the last stays. */
function ofAttempt({ attempt, forkStep }: Attempt, all: StoredRecord[]): LineRun<{ records: StoredRecord[] }>['attempts'][number] {
  const records = all.filter((record) => record.attempt === attempt)
  if (records.length === 0) return { forkStep, series: null }
  return { forkStep, series: { records, firstStep: records.reduce((first, { step }) => Math.min(first, step), Number.POSITIVE_INFINITY) } }
}

async function readAll(store: Store, runId: string, name: string): Promise<StoredRecord[]> {
  const all: StoredRecord[] = []
  for (;;) {
    const page = await store.records({ runId, name, kind: 'histogram', afterId: all.at(-1)?.id, limit: PAGE, all: true })
    all.push(...page)
    if (page.length < PAGE) return all
  }
}
