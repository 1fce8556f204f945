import { asShown } from '../../core/as-shown.ts'
import { recordSummary } from '../../core/kinds/record-summary.ts'
import type { JsonObject, Run, SeriesSummary } from '../../core/run.ts'
import type { RecordKey } from '../../core/stored-record.ts'
import type { Store } from '../../db/store.ts'
import { formatDuration, formatNumber, formatTime } from '../format-value.ts'
import { printJson } from '../json-output.ts'
import { addStorePath, openForReading, storePath } from '../store-path.ts'
import { textTable } from '../text-table.ts'
import type { Verb } from './verb.ts'

export const show: Verb = {
  name: 'show',
  configure: (command) =>
    addStorePath(command.argument('<run>', 'name, #number or id of the run'))
      .description('Print one run: status, config, summary and the figures of each metric.')
      .option('--json', 'print JSON')
      .action(async (reference: string, path: string | undefined, options: { dir?: string; json?: boolean }) => {
        const store = await openForReading(storePath(path, options.dir))
        try {
          await print(store, asShown(await store.findRun(reference), Date.now()), options.json ?? false)
        } finally {
          await store.close()
        }
      }),
}

async function print(store: Store, run: Run, json: boolean): Promise<void> {
  const [series, attempts, records] = await Promise.all([store.series(run.id), store.attempts(run.id), store.recordKeys(run.id)])
  if (json) {
    const metrics = Object.fromEntries(series.map(({ name, ...figures }) => [name, figures]))
    printJson({ ...run, attempts, metrics, records })
    return
  }
  const newest = await Promise.all(records.map((key) => newestOf(store, run.id, key)))
  const sections = [
    head(run),
    section('Config', pairs(run.config)),
    section('Summary', pairs(run.summary)),
    section('Metrics', series.length > 0 ? metricTable(series) : ''),
    section('Records', newest.length > 0 ? recordTable(newest) : ''),
    run.notes ? section('Notes', run.notes) : '',
  ]
  process.stdout.write(`${sections.filter(Boolean).join('\n\n')}\n`)
}

function head(run: Run): string {
  const took = formatDuration((run.endedAt ?? run.heartbeatAt) - run.startedAt)
  const facts: [string, string | null | undefined][] = [
    ['project', run.project],
    ['status', run.statusReason ? `${run.status}: ${run.statusReason}` : run.status],
    ['started', `${formatTime(run.startedAt)}, ${run.endedAt === null ? 'last heard from after' : 'took'} ${took}`],
    ['group', run.group],
    ['tags', run.tags.join(', ')],
    ['seed', run.seed?.toString()],
    ['attempt', run.attempt > 1 ? String(run.attempt) : null],
    ['forked from', run.parentId === null ? null : `${run.parentId} at step ${run.forkStep}`],
    ['command', run.environment.command],
    ['device', run.environment.device],
    ['commit', run.environment.git && `${run.environment.git.commit}${run.environment.git.dirty ? ' with uncommitted changes' : ''}`],
    ['id', run.id],
    ['dropped', run.droppedPoints > 0 ? `${run.droppedPoints} points: the logger ran out of memory` : null],
  ]
  return `${run.name}  #${run.number}\n${lines(facts.flatMap(([key, value]) => (value ? [[key, value]] : [])))}`
}

function section(title: string, body: string): string {
  return body && `${title}\n${body.replaceAll(/^/gm, '  ')}`
}

function pairs(object: JsonObject): string {
  return lines(Object.entries(object).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]))
}

function lines(entries: string[][]): string {
  const width = Math.max(0, ...entries.map(([key = '']) => key.length))
  return entries.map(([key = '', value = '']) => `${key.padEnd(width)}  ${value}`).join('\n')
}

interface NewestRecord extends RecordKey {
  newest: string
}

async function newestOf(store: Store, runId: string, key: RecordKey): Promise<NewestRecord> {
  const [record] = await store.records({ runId, name: key.name, kind: key.kind, last: true, limit: 1 })
  return { ...key, newest: record ? recordSummary(record) : '' }
}

function recordTable(records: NewestRecord[]): string {
  return textTable(
    [
      { title: 'NAME', text: (one) => one.name },
      { title: 'KIND', text: (one) => one.kind },
      { title: 'RECORDS', align: 'right', text: (one) => String(one.n) },
      { title: 'AT STEP', align: 'right', text: (one) => String(one.lastStep) },
      { title: 'NEWEST', text: (one) => one.newest },
    ],
    records,
  )
}

function metricTable(series: SeriesSummary[]): string {
  const number = (title: string, value: (one: SeriesSummary) => number) =>
    ({ title, align: 'right', text: (one: SeriesSummary) => formatNumber(value(one)) }) as const
  return textTable(
    [
      { title: 'NAME', text: (one) => one.name },
      number('POINTS', (one) => one.n),
      number('LAST', (one) => one.last),
      number('AT STEP', (one) => one.lastStep),
      number('MIN', (one) => one.min),
      number('MAX', (one) => one.max),
      number('MEAN', (one) => one.mean),
      number('NOT FINITE', (one) => one.nonFinite),
      number('SUPERSEDED', (one) => one.superseded),
    ],
    series,
  )
}
