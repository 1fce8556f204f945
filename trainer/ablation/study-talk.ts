import type { Study } from '../../core/ablation/study.ts'
import { formatDuration } from '../../core/format-duration.ts'
import { formatNumber } from '../../core/format-number.ts'
import { nearMatches } from '../../core/near-matches.ts'
import type { SeriesSummary } from '../../core/run.ts'
import type { CellOutcome } from './run-cells.ts'
import { type CellState, cellName } from './study-cells.ts'

/** Lines about a study on its way. Says each missing metric once. */
export class StudyTalk {
  #seconds = 0
  #done = 0
  readonly #missing = new Set<string>()

  constructor(
    readonly say: (line: string) => void,
    readonly metrics: readonly string[],
    readonly total: number,
    readonly parallel: number,
  ) {}

  begin(study: Study, states: readonly CellState[], toRun: number): void {
    const count = (status: CellState['status']) => states.filter((state) => state.status === status).length
    const found = (['finished', 'failed', 'crashed', 'interrupted', 'running'] as const).flatMap((status) => {
      const n = count(status)
      return n > 0 ? [`${n} ${status === 'running' ? 'running in another process' : status}`] : []
    })
    const seeds = study.seeds?.length ?? 0
    const shape = `${plural(this.total / Math.max(1, seeds), 'variant')} × ${plural(seeds, 'seed')} = ${plural(this.total, 'cell')}`
    this.say(`study ${study.name}: ${shape}${found.length > 0 ? `; ${found.join(', ')}` : ''}; ${toRun === 0 ? 'nothing' : toRun} to run`)
  }

  cellStarted(cell: CellState['cell']): void {
    this.say(`${cellName(cell)}: started`)
  }

  cellEnded({ cell, status, reason, seconds }: CellOutcome, series: readonly SeriesSummary[], left: number, willRetry: boolean): void {
    if (status === 'finished') {
      this.#seconds += seconds
      this.#done++
    }
    const took = formatDuration(seconds * 1000)
    const what =
      status === 'finished'
        ? `finished in ${took}${this.#figures(series)}${reason ? ` (then ${reason})` : ''}`
        : status === 'failed'
          ? `FAILED after ${took}: ${reason ?? 'no reason given'}${willRetry ? ' (to be tried again)' : ''}`
          : status === 'taken'
            ? 'is being run by another process'
            : `interrupted after ${took}`
    this.say(`${cellName(cell)}: ${what}${left > 0 && status !== 'interrupted' ? ` · ${left} left${this.#timeLeft(left)}` : ''}`)
    if (status === 'finished') this.#tellMissing(series)
  }

  #figures(series: readonly SeriesSummary[]): string {
    const found = this.metrics.flatMap((name) => {
      const one = series.find((other) => other.name === name)
      return one ? [`${name} ${formatNumber(one.last)}`] : []
    })
    return found.length > 0 ? `, ${found.slice(0, 3).join(', ')}` : ''
  }

  #timeLeft(left: number): string {
    return this.#done === 0 ? '' : `, about ${formatDuration((((this.#seconds / this.#done) * left) / Math.min(this.parallel, left)) * 1000)}`
  }

  #tellMissing(series: readonly SeriesSummary[]): void {
    const names = series.map(({ name }) => name)
    for (const metric of this.metrics) {
      if (names.includes(metric) || this.#missing.has(metric)) continue
      this.#missing.add(metric)
      const near = nearMatches(metric, names)
      const others = names.filter((name) => !name.startsWith('system/'))
      const hint =
        near.length > 0
          ? `did you mean ${near.join(' or ')}?`
          : others.length > 0
            ? `it logged ${others.slice(0, 5).join(', ')}`
            : 'it logged no numbers'
      this.say(`metric "${metric}" was not logged: ${hint}`)
    }
  }

  end(study: Study, states: readonly CellState[], interrupted: boolean): void {
    const open = states.filter(({ status }) => status !== 'finished')
    this.say(
      `study ${study.name}: ${states.length - open.length} of ${plural(states.length, 'cell')} finished${open.length === 0 ? '' : `, ${open.length} not:`}`,
    )
    const told = open.filter(({ status }) => status !== 'missing').slice(0, 10)
    for (const { cell, status, run, tries } of told)
      this.say(`  ${cellName(cell)}: ${status}${tries > 1 ? ` ${tries} times` : ''}${run?.statusReason ? `: ${run.statusReason}` : ''}`)
    if (open.length > told.length) this.say(`  ${told.length > 0 ? 'and ' : ''}${open.length - told.length} ${told.length > 0 ? 'more ' : ''}not run`)
    if (open.length > 0) this.say(interrupted ? 'the same command goes on where this stopped' : 'the same command tries them again')
  }
}

export function plural(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`
}
