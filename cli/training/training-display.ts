import { Presets, SingleBar } from 'cli-progress'
import type { LabProgress, LabResult } from '../../trainer/lab/index.ts'
import { formatDuration, formatNumber } from '../format-value.ts'
import { textTable } from '../text-table.ts'
import { percent, short } from './show-figure.ts'

export interface Trained extends LabResult {
  seed: number
}

/** Shows a training on stderr: a bar on a terminal, a line per evaluation elsewhere. */
export class TrainingDisplay {
  #bar: SingleBar | null = null
  #name = ''
  #validation = ''
  #shown = 0

  constructor(private readonly quiet: boolean) {}

  show(progress: LabProgress): void {
    if (progress.type === 'start') this.#start(progress)
    if (progress.type === 'step') this.#step(progress)
    if (progress.type === 'evaluation') this.#evaluation(progress)
    if (progress.type === 'finding') this.note(progress.title)
  }

  note(text: string): void {
    if (!this.quiet) process.stderr.write(`note: ${text}\n`)
  }

  stop(): void {
    this.#bar?.stop()
    this.#bar = null
  }

  #start({ run, firstStep, totalSteps, parameters, device }: Extract<LabProgress, { type: 'start' }>): void {
    this.#name = run.name
    this.#validation = ''
    if (this.quiet) return
    const going = firstStep > 0 ? ` goes on at step ${firstStep}` : ''
    process.stderr.write(
      `${run.name}${run.number === null ? '' : ` (#${run.number})`}${going}: ${parameters} parameters, ${totalSteps} steps; ${device}\n`,
    )
    if (!process.stderr.isTTY) return
    this.#bar = new SingleBar(
      {
        stream: process.stderr,
        hideCursor: true,
        clearOnComplete: true,
        format: '  {bar} {percentage} %  {result}  {eta_formatted} left',
        barsize: 24,
        etaBuffer: 50,
      },
      Presets.shades_classic,
    )
    this.#bar.start(totalSteps, firstStep, { result: '' })
  }

  #step({ step, totalSteps, loss }: Extract<LabProgress, { type: 'step' }>): void {
    if (!this.#bar || (performance.now() - this.#shown < 100 && step + 1 < totalSteps)) return
    this.#shown = performance.now()
    this.#bar.update(step + 1, { result: `loss ${short(loss)}${this.#validation}` })
  }

  #evaluation({ step, epoch, metrics }: Extract<LabProgress, { type: 'evaluation' }>): void {
    const accuracy = metrics['val/accuracy']
    this.#validation = accuracy === undefined ? '' : `, val accuracy ${percent(accuracy)}`
    if (this.quiet || this.#bar) return
    const shown = ['val/loss', 'train-eval/loss'].flatMap((name) => (metrics[name] === undefined ? [] : [`${name} ${short(metrics[name])}`]))
    process.stderr.write(`  ${this.#name}: epoch ${formatNumber(Number(epoch.toFixed(2)))}, step ${step}: ${shown.join(', ')}${this.#validation}\n`)
  }
}

/** What came out, for standard output. */
export function resultTable(results: readonly Trained[]): string {
  return textTable(
    [
      { title: '#', align: 'right', text: (one) => (one.run.number === null ? '' : String(one.run.number)) },
      { title: 'RUN', text: (one) => one.run.name },
      { title: 'SEED', align: 'right', text: (one) => String(one.seed) },
      { title: 'STEPS', align: 'right', text: (one) => String(one.stepsDone) },
      { title: 'STOPPED BY', text: (one) => one.stopReason },
      { title: 'VAL ACCURACY', align: 'right', text: (one) => percent(one.metrics['val/accuracy']) },
      { title: 'TEST ACCURACY', align: 'right', text: (one) => percent(one.metrics['test/accuracy']) },
      { title: 'TEST LOSS', align: 'right', text: (one) => short(one.metrics['test/loss']) },
      { title: 'WEIGHTS', text: (one) => one.testWeights },
      { title: 'TOOK', align: 'right', text: (one) => formatDuration(one.trainingSeconds * 1000) },
    ],
    results,
  )
}
