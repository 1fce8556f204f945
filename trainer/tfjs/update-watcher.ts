import type { Tensor } from '@tensorflow/tfjs'
import { COPYING_BACKENDS } from './backends.ts'
import { FaultFinder } from './fault-finder.ts'
import { HistogramSchedule } from './histogram-schedule.ts'
import { logMeasurements } from './log-measurements.ts'
import type { LoggingRun } from './logging-run.ts'
import { measureByLoop } from './measure-by-loop.ts'
import { measureByTensorOps } from './measure-by-tensor-ops.ts'
import type { Wanted, WeightMeasurement, WeightSample } from './measurement.ts'
import type { NamedGradient, UpdateObserver } from './optimizer-hook.ts'
import { readLater } from './read-later.ts'
import { type RunSteps, runSteps } from './run-steps.ts'
import type { CheckedWatchOptions } from './watch-options.ts'
import { isKernel, variableLabel } from './weight-labels.ts'

interface Hooks {
  /** Before anything is measured. */
  started(step: number): void
  /** Measuring threw: the training goes on without it. */
  failed(error: unknown): void
}

/** Measures the updates of one optimizer on the sampling schedule and logs them. */
export class UpdateWatcher implements UpdateObserver {
  /** By variable name: kept clones of the kernels as they were before the update under way. */
  private readonly clones = new Map<string, Tensor>()
  private wanted: Wanted | null = null
  private step: number
  private started = false
  private readonly schedule: HistogramSchedule | null
  private readonly faults: FaultFinder
  private readonly shared: RunSteps
  private readonly reading = new Set<Promise<void>>()

  constructor(
    private readonly run: LoggingRun,
    private readonly options: CheckedWatchOptions,
    private readonly labels: Map<string, string>,
    private readonly hooks: Hooks,
  ) {
    this.shared = runSteps(run)
    this.step = options.firstStep ?? this.shared.next
    this.schedule = options.histograms === false ? null : new HistogramSchedule(options.histograms, this.step)
    this.faults = new FaultFinder(run, options.tf, (name) => this.labelOf(name), (options.firstStep ?? 0) > 0)
  }

  before(gradients: NamedGradient[]): void {
    if (!this.started) {
      this.started = true
      this.hooks.started(this.step)
    }
    const wanted = this.wantedAt(this.step)
    this.wanted = wanted.ratios || wanted.gradients || wanted.histograms ? wanted : null
    const { updates, gradients: norms } = this.options
    if (updates !== false || norms !== false)
      this.faults.look(this.step, gradients, this.wanted !== null, this.reading, (error) => this.hooks.failed(error))
    if (!wanted.ratios && !wanted.histograms) return
    const { tf } = this.options
    for (const { name, gradient } of gradients) {
      const variable = tf.engine().registeredVariables[name]
      // A clone shares the buffer and keeps it when `assign` gives the variable a new one: nothing is copied.
      if (gradient && variable && isKernel(variable.shape)) this.clones.set(name, tf.keep(variable.clone()))
    }
  }

  after(gradients: NamedGradient[], applied: boolean): void {
    const { wanted, step } = this
    this.wanted = null
    if (applied) {
      this.step++
      this.shared.next = Math.max(this.shared.next, this.step)
      if (wanted) this.measure(step, this.samples(gradients), wanted)
    }
    this.release()
  }

  failed(error: unknown): void {
    this.release()
    this.hooks.failed(error)
  }

  /** Resolves when everything measured so far is logged. */
  async settled(): Promise<void> {
    while (this.reading.size > 0) await Promise.all(this.reading)
  }

  private wantedAt(step: number): Wanted {
    const { updates, gradients, totalSteps } = this.options
    return {
      ratios: updates !== false && step % updates === 0,
      gradients: gradients !== false && step % gradients === 0,
      histograms: this.schedule?.due(step, totalSteps ?? this.shared.total) ?? false,
    }
  }

  private samples(gradients: NamedGradient[]): WeightSample[] {
    const variables = this.options.tf.engine().registeredVariables
    return gradients.map(({ name, gradient }) => {
      const before = this.clones.get(name)
      const after = variables[name]
      return {
        label: this.labelOf(name),
        isKernel: after !== undefined && isKernel(after.shape),
        weights: before && after ? { before, after } : null,
        gradient,
      }
    })
  }

  private measure(step: number, samples: WeightSample[], wanted: Wanted): void {
    const { tf, compute } = this.options
    const backend = tf.getBackend()
    if (compute === 'loop' || (compute === 'auto' && COPYING_BACKENDS.includes(backend))) {
      this.log(step, measureByLoop(tf, samples, wanted))
      return
    }
    const { result, decode } = measureByTensorOps(tf, samples, wanted)
    readLater(
      tf,
      result,
      this.reading,
      (values) => this.log(step, decode(values)),
      (error) => this.hooks.failed(error),
    )
  }

  private log(step: number, measurements: WeightMeasurement[]): void {
    logMeasurements(this.run, step, measurements)
    if (measurements.some(({ gradientSquares }) => gradientSquares !== null && !Number.isFinite(gradientSquares))) this.faults.suspect()
  }

  private labelOf(name: string): string {
    return this.labels.get(name) ?? variableLabel(name)
  }

  private release(): void {
    for (const clone of this.clones.values()) clone.dispose()
    this.clones.clear()
  }
}
