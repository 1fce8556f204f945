import { InvalidArgumentError } from 'commander'
import { asShown } from '../../core/as-shown.ts'
import { leadMetrics } from '../../core/lead-metrics.ts'
import type { Run } from '../../core/run.ts'
import type { MetricColumn, Overview, Store } from '../../db/store.ts'
import { formatDuration, formatNumber, formatTime } from '../format-value.ts'
import { printJson } from '../json-output.ts'
import { addStorePath, openForReading, storePath } from '../store-path.ts'
import { type Column, textTable } from '../text-table.ts'
import type { Verb } from './verb.ts'

interface Options {
  dir?: string
  project?: string
  limit?: number
  archived?: boolean
  json?: boolean
}

export const ls: Verb = {
  name: 'ls',
  configure: (command) =>
    addStorePath(command)
      .description('List the runs of a store, newest first.')
      .option('-p, --project <name>', 'only runs of this project')
      .option('-n, --limit <count>', 'at most this many runs', positiveInteger)
      .option('--archived', 'archived runs too')
      .option('--json', 'print JSON: every run with its config, summary and metrics')
      .action(async (path: string | undefined, options: Options) => {
        const store = await openForReading(storePath(path, options.dir))
        try {
          await list(store, options)
        } finally {
          await store.close()
        }
      }),
}

function positiveInteger(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1.')
  return value
}

async function list(store: Store, options: Options): Promise<void> {
  const filter = { ...(options.project !== undefined && { project: options.project }), ...(!options.archived && { archived: false }) }
  const known = await store.overview(filter, [])
  const names = known.metricNames.map((metric) => metric.name)
  const lead = leadMetrics(names)
  const shown = options.json ? names : [...lead.loss, ...lead.accuracy]
  const stored = await store.overview(filter, shown)
  const overview = { ...stored, runs: stored.runs.map((run) => asShown(run, Date.now())) }
  const order = overview.runs.map((_, row) => row).sort((a, b) => (overview.runs[b]?.startedAt ?? 0) - (overview.runs[a]?.startedAt ?? 0))
  const rows = order.slice(0, options.limit)
  if (options.json) printJson(rows.map((row) => runJson(overview, row)))
  else await printTable(store, overview, rows, order.length, options)
}

function runJson(overview: Overview, row: number): unknown {
  const run = overview.runs[row] as Run
  const figures = (column: MetricColumn) => ({
    n: column.n[row],
    last: column.last[row],
    lastStep: column.lastStep[row],
    min: column.min[row],
    max: column.max[row],
    nonFinite: column.nonFinite[row],
  })
  const metrics = overview.metrics.filter((column) => column.n[row])
  return { ...run, metrics: Object.fromEntries(metrics.map((column) => [column.name, figures(column)])) }
}

async function printTable(store: Store, overview: Overview, rows: number[], total: number, options: Options): Promise<void> {
  if (total === 0) {
    const { location } = await store.info()
    process.stdout.write(`no runs${options.project === undefined ? '' : ` of project "${options.project}"`} in ${location}\n`)
    return
  }
  const run = (row: number) => overview.runs[row] as Run
  const columns: Column<number>[] = [
    { title: '#', align: 'right', text: (row) => String(run(row).number) },
    { title: 'NAME', text: (row) => run(row).name },
    { title: 'PROJECT', text: (row) => run(row).project },
    { title: 'STATUS', text: (row) => run(row).status },
    { title: 'STARTED', text: (row) => formatTime(run(row).startedAt) },
    { title: 'TOOK', align: 'right', text: (row) => formatDuration((run(row).endedAt ?? run(row).heartbeatAt) - run(row).startedAt) },
    ...overview.metrics.map(
      (metric): Column<number> => ({
        title: metric.name.toUpperCase(),
        align: 'right',
        text: (row) => (metric.n[row] ? formatNumber(metric.last[row] as number) : '–'),
      }),
    ),
  ]
  const left = total - rows.length
  const notes = [overview.metrics.length > 0 ? 'Metrics: last value.' : '', left > 0 ? `${left} older ${left === 1 ? 'run' : 'runs'} not shown.` : '']
  const note = notes.filter(Boolean).join(' ')
  process.stdout.write(`${textTable(columns, rows)}\n${note ? `\n${note}\n` : ''}`)
}
