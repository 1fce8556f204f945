import type { Tensor } from '@tensorflow/tfjs'
import { COPYING_BACKENDS } from './backends.ts'
import { countNonFinite } from './count-non-finite.ts'
import type { LoggingRun } from './logging-run.ts'
import type { NamedGradient } from './optimizer-hook.ts'
import { peekValues } from './peek-values.ts'
import { readLater } from './read-later.ts'
import type { Tf } from './tf.ts'
import { sketchKernels } from './unit-sketches.ts'
import { isKernel } from './weight-labels.ts'

/** Above this share of twin units a layer is looked at again, to see whether training tells them apart. */
const MANY_TWINS = 0.5

interface Sample {
  label: string
  weights: Tensor
  gradient: Tensor
}

/** Looks, before each update, for faults that are either there or not: units that are all alike, and the first tensor that is not finite. */
export class FaultFinder {
  private looked: boolean
  private alike: ReadonlySet<string> = new Set()
  private located = false
  private suspected = false

  constructor(
    private readonly run: LoggingRun,
    private readonly tf: Tf,
    private readonly labelOf: (variable: string) => string,
    /** The weights are those of a run that goes on: how alike the units were at its start is logged. */
    goesOn: boolean,
  ) {
    this.looked = goesOn
  }

  /** `sampled`: whether this step is measured anyway. */
  look(step: number, gradients: NamedGradient[], sampled: boolean, reading: Set<Promise<void>>, failed: (error: unknown) => void): void {
    if (!this.located && (this.suspected || this.isSuspicious(gradients, sampled))) this.locate(step, this.samples(gradients), reading, failed)
    if (!this.looked || (sampled && this.alike.size > 0)) this.compareUnits(step, this.samples(gradients), reading, failed)
  }

  /** A norm was not finite: the next step is searched. */
  suspect(): void {
    this.suspected = true
  }

  /**
   * What is not finite in the loss reaches every gradient, also the smallest one (the bias of the last layer, usually), so that one is
   * looked at: at every step where reading it is a memory copy, else at sampled ones.
   */
  private isSuspicious(gradients: NamedGradient[], sampled: boolean): boolean {
    const { tf } = this
    if (!sampled && !COPYING_BACKENDS.includes(tf.getBackend())) return false
    let smallest: Tensor | null = null
    for (const { gradient } of gradients) if (gradient && (smallest === null || gradient.size < smallest.size)) smallest = gradient
    // WebGPU cannot read at once: there every sampled step is counted on the device until something is found.
    if (smallest === null || tf.getBackend() === 'webgpu') return smallest !== null
    for (const value of peekValues(tf, smallest)) if (!Number.isFinite(value)) return true
    return false
  }

  private locate(step: number, samples: Sample[], reading: Set<Promise<void>>, failed: (error: unknown) => void): void {
    const { result, decode } = countNonFinite(this.tf, samples)
    this.suspected = false
    const take = (values: Float32Array): void => {
      const counts: Record<string, number> = {}
      for (const { label, weights, gradient } of decode(values)) {
        if (weights > 0) counts[`non-finite-weights/${label}`] = weights
        if (gradient > 0) counts[`non-finite-gradients/${label}`] = gradient
      }
      if (Object.keys(counts).length === 0 || this.located) return
      this.located = true
      this.run.log(counts, step)
    }
    readLater(this.tf, result, reading, take, failed)
  }

  private compareUnits(step: number, samples: Sample[], reading: Set<Promise<void>>, failed: (error: unknown) => void): void {
    const first = !this.looked
    this.looked = true
    const kernels = samples.filter(({ label, weights }) => isKernel(weights.shape) && (first || this.alike.has(label)))
    const { result, decode } = sketchKernels(this.tf, kernels)
    const take = (values: Float32Array): void => {
      const shares = decode(values)
      if (shares.length === 0) return
      const counted: Record<string, number> = { 'twin-units/highest': shares.reduce((most, { share }) => Math.max(most, share), 0) }
      // A layer that was alike is logged once more when it no longer is.
      for (const { label, share } of shares) if (share > MANY_TWINS || this.alike.has(label)) counted[`twin-units/${label}`] = share
      this.alike = new Set(shares.flatMap(({ label, share }) => (share > MANY_TWINS ? [label] : [])))
      this.run.log(counted, step)
    }
    readLater(this.tf, result, reading, take, failed)
  }

  private samples(gradients: NamedGradient[]): Sample[] {
    const variables = this.tf.engine().registeredVariables
    return gradients.flatMap(({ name, gradient }) => {
      const weights = variables[name]
      return gradient && weights ? [{ label: this.labelOf(name), weights, gradient }] : []
    })
  }
}
