import { MultiBar, Presets } from 'cli-progress'
import { formatDuration, formatNumber } from '../format-value.ts'
import { textTable } from '../text-table.ts'
import type { DemoMessage, DemoRun } from './messages.ts'

type Ended = Extract<DemoMessage, { type: 'end' }>

/** Shows the training: a bar per run on a terminal, a line per run elsewhere; then what came out. */
export class DemoDisplay {
  readonly #bars = process.stderr.isTTY
    ? new MultiBar(
        { stream: process.stderr, hideCursor: true, format: '  {bar} {percentage} %  {title}  {result}', barsize: 24 },
        Presets.shades_classic,
      )
    : null
  #stopped = false
  #lines: ReturnType<MultiBar['create']>[] = []
  #runs: DemoRun[] = []
  readonly #ended = new Map<number, Ended>()

  show(message: DemoMessage): void {
    if (message.type === 'start') this.#start(message)
    if (message.type === 'progress') this.#progress(message)
    if (message.type === 'end') this.#end(message)
  }

  /** Once only: the bars move the cursor back over what was printed since. */
  stop(): void {
    if (!this.#stopped) this.#bars?.stop()
    this.#stopped = true
  }

  /** Test accuracy of every run that ended, for standard output. */
  summary(): string {
    const rows = [...this.#ended.entries()].sort(([a], [b]) => a - b).map(([index, end]) => ({ ...end, ...(this.#runs[index] as DemoRun) }))
    const note = rows.some((row) => row.meantToFail) ? '\n\nThe runs marked * are meant to go wrong: open one to see how that looks.' : ''
    return `${textTable(
      [
        { title: '#', align: 'right', text: (row) => String(row.number) },
        { title: 'RUN', text: (row) => row.name },
        { title: 'NETWORK', text: (row) => `${row.title}${row.meantToFail ? ' *' : ''}` },
        { title: 'SEED', align: 'right', text: (row) => String(row.seed) },
        { title: 'STATUS', text: (row) => row.status },
        { title: 'TEST ACCURACY', align: 'right', text: (row) => accuracy(row.testAccuracy) },
        { title: 'TOOK', align: 'right', text: (row) => `${row.seconds.toFixed(0)} s` },
      ],
      rows,
    )}${note}`
  }

  #start({ device, warnings, runs }: Extract<DemoMessage, { type: 'start' }>): void {
    this.#runs = runs
    for (const warning of warnings) process.stderr.write(`note: ${warning}\n`)
    process.stderr.write(`training ${runs.length} networks: ${device}\n`)
    if (this.#bars)
      this.#lines = runs.map((run) => this.#bars?.create(run.steps, 0, { title: `${run.title}, seed ${run.seed}`, result: '' }) as never)
  }

  #progress({ run, step, loss, valAccuracy, secondsLeft }: Extract<DemoMessage, { type: 'progress' }>): void {
    const validation = valAccuracy === null ? '' : `, validation accuracy ${accuracy(valAccuracy)}`
    const left = `about ${formatDuration(Math.max(1, Math.round(secondsLeft)) * 1000)} left in all`
    this.#lines[run]?.update(step, { result: `loss ${formatNumber(Number(loss.toPrecision(3)))}${validation}, ${left}` })
  }

  #end(end: Ended): void {
    this.#ended.set(end.run, end)
    const run = this.#runs[end.run]
    const result = `test accuracy ${accuracy(end.testAccuracy)}`
    this.#lines[end.run]?.update(run?.steps ?? 0, { result })
    if (!this.#bars && run)
      process.stderr.write(`  ${end.name}: ${run.title}, seed ${run.seed}: ${result} (${this.#ended.size} of ${this.#runs.length})\n`)
  }
}

function accuracy(value: number): string {
  return Number.isFinite(value) ? `${(value * 100).toFixed(2)} %` : formatNumber(value)
}
