import type { LayersModel, Tensor } from '@tensorflow/tfjs'
import { COPYING_BACKENDS } from '../backends.ts'
import { HistogramSchedule } from '../histogram-schedule.ts'
import type { LoggingRun } from '../logging-run.ts'
import type { UpdateObserver } from '../optimizer-hook.ts'
import { readLater } from '../read-later.ts'
import { type RunSteps, runSteps } from '../run-steps.ts'
import type { Tf } from '../tf.ts'
import { type ActivationLayer, activationLayers } from './activation-layers.ts'
import { type ActivationMeasurement, measureActivationsByLoop, measureActivationsByTensorOps } from './measure-activations.ts'

export interface ActivationWatcherOptions {
  tf: Tf
  every: number | 'auto'
  firstStep: number | null
  totalSteps: number | null
  compute: 'auto' | 'loop' | 'tensor'
}

/** Shortest interval of `auto`: a pass over the probe costs about as much as a training step. */
const SHORTEST_INTERVAL = 50

/** Measures the activations of a model on fixed rows, on a schedule, just before an update: step 0 is the model as initialised. */
export class ActivationWatcher implements UpdateObserver {
  private step: number
  private measuredFor = -1
  /** Found at the first measurement: a model without an input shape is not built before data has come. */
  private layers: readonly ActivationLayer[] | null = null
  private readonly schedule: HistogramSchedule
  private readonly shared: RunSteps
  private readonly reading = new Set<Promise<void>>()

  constructor(
    private readonly run: LoggingRun,
    private readonly model: LayersModel,
    private readonly rows: Tensor | Tensor[],
    private readonly options: ActivationWatcherOptions,
    private readonly whenFailed: (error: unknown) => void,
  ) {
    this.shared = runSteps(run)
    this.step = options.firstStep ?? this.shared.next
    this.schedule = new HistogramSchedule(options.every, this.step, SHORTEST_INTERVAL)
  }

  before(): void {
    const { totalSteps } = this.options
    // An update that threw is tried again as the same step.
    if (this.measuredFor === this.step || !this.schedule.due(this.step, totalSteps ?? this.shared.total)) return
    this.measuredFor = this.step
    this.measure(this.step)
  }

  after(_gradients: unknown, applied: boolean): void {
    if (!applied) return
    this.step++
    this.shared.next = Math.max(this.shared.next, this.step)
  }

  failed(error: unknown): void {
    this.whenFailed(error)
  }

  /** Resolves when everything measured so far is logged. */
  async settled(): Promise<void> {
    while (this.reading.size > 0) await Promise.all(this.reading)
  }

  private measure(step: number): void {
    const { model, rows } = this
    const { tf, compute } = this.options
    this.layers ??= activationLayers(model)
    if (this.layers.length === 0) return
    const { layers } = this
    const backend = tf.getBackend()
    if (compute === 'loop' || (compute === 'auto' && COPYING_BACKENDS.includes(backend))) {
      this.log(step, measureActivationsByLoop(tf, model, layers, rows))
      return
    }
    const { result, decode } = measureActivationsByTensorOps(tf, model, layers, rows)
    readLater(
      tf,
      result,
      this.reading,
      (values) => this.log(step, decode(values)),
      (error) => this.failed(error),
    )
  }

  private log(step: number, measurements: ActivationMeasurement[]): void {
    const values: Record<string, number> = {}
    for (const { label, statistics } of measurements) {
      values[`activation-mean/${label}`] = statistics.mean
      values[`activation-std/${label}`] = statistics.std
      if (statistics.deadFraction !== null) values[`dead-fraction/${label}`] = statistics.deadFraction
      if (statistics.saturatedFraction !== null) values[`saturated-fraction/${label}`] = statistics.saturatedFraction
      if (statistics.saturatedUnits !== null) values[`saturated-units/${label}`] = statistics.saturatedUnits
    }
    this.run.log(values, step)
  }
}
