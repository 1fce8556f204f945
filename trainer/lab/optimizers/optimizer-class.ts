import type { NamedTensorMap, Optimizer, Scalar, Tensor, Variable } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import type { Tf } from '../../tfjs/tf.ts'
import { clipGradients } from './clip-gradients.ts'
import { decays } from './decaying.ts'
import { HeldNumber } from './held-number.ts'
import type { LabOptimizer, OptimizerState } from './lab-optimizer.ts'
import type { SharedOptions } from './shared-options.ts'
import { SlotStore } from './slot-store.ts'
import { squareSum } from './square-sum.ts'
import type { UpdateRule } from './update-rule.ts'

type LabOptimizerClass = new (options: SharedOptions & { kind: string }, rule: UpdateRule) => LabOptimizer
type Gradients = Parameters<Optimizer['applyGradients']>[0]
type JsonConfig = ReturnType<Optimizer['getConfig']>

const classes = new WeakMap<Tf, LabOptimizerClass>()

/** The class of all lab optimizers on this TensorFlow.js: it must extend the `Optimizer` of the copy that the user trains with. */
export function optimizerClass(tf: Tf): LabOptimizerClass {
  let made = classes.get(tf)
  if (!made) {
    made = makeClass(tf)
    classes.set(tf, made)
  }
  return made
}

function makeClass(tf: Tf): LabOptimizerClass {
  return class extends tf.Optimizer implements LabOptimizer {
    static readonly className = 'LossboardOptimizer'
    readonly kind: string
    measureNorm: boolean
    readonly #options: SharedOptions & { kind: string }
    readonly #rule: UpdateRule
    readonly #slots: SlotStore
    readonly #norm = new HeldNumber()
    readonly #exceeded = new HeldNumber()
    #learningRate = 0
    #disposed = false

    constructor(options: SharedOptions & { kind: string }, rule: UpdateRule) {
      super()
      this.kind = options.kind
      this.#options = options
      this.#rule = rule
      this.#slots = new SlotStore(tf, rule)
      this.measureNorm = options.clip !== null && 'norm' in options.clip
      this.setLearningRate(options.lr)
    }

    get learningRate(): number {
      return this.#learningRate
    }
    set learningRate(rate: number) {
      this.setLearningRate(rate)
    }

    setLearningRate(rate: number): void {
      if (!(rate >= 0 && rate < Number.POSITIVE_INFINITY))
        throw new LossboardError('invalid_value', `the learning rate cannot be ${String(rate)}: it must be a number, 0 or more`)
      this.#learningRate = rate
    }

    get gradientNorm(): number | null {
      return this.#norm.read()
    }

    get clipped(): boolean {
      const { clip } = this.#options
      if (clip === null) return false
      if ('value' in clip) return this.#exceeded.read() === 1
      const norm = this.#norm.read()
      return norm !== null && Number.isFinite(norm) && norm > clip.norm
    }

    override applyGradients(argument: Gradients): void {
      if (this.#disposed) throw new LossboardError('invalid_argument', `this ${this.kind} optimizer has been disposed of: make a new one`)
      const given = namedGradients(argument)
      const updated = given.map(({ name, gradient }) => {
        const variable = tf.engine().registeredVariables[name] as Variable | undefined
        if (!variable)
          throw new LossboardError(
            'invalid_argument',
            `there is a gradient for "${name}", but TensorFlow.js knows no such variable: it was disposed of`,
          )
        return { variable, gradient }
      })
      // All states before the first change: one that does not fit must leave the model as it was.
      const states = updated.map(({ variable }) => this.#slots.of(variable))
      const { clip, weightDecay, decay, decayAll } = this.#options
      tf.tidy(() => {
        const { gradients, norm, exceeded } = clipGradients(
          tf,
          updated.map(({ gradient }) => gradient),
          clip,
          this.measureNorm,
        )
        this.#norm.hold(tf, norm)
        this.#exceeded.hold(tf, exceeded)
        const update = this.#rule.begin(this.#learningRate, new Set(states.map(({ updates }) => updates + 1)))
        const coupled = decay === 'coupled' && weightDecay > 0 ? tf.scalar(weightDecay) : null
        const decoupled = decay === 'decoupled' && weightDecay > 0 ? tf.scalar(weightDecay * this.#learningRate) : null
        for (const [index, { variable }] of updated.entries()) {
          const state = states[index]!
          const shrinks = (coupled ?? decoupled) !== null && decays(variable, decayAll)
          tf.tidy(() => {
            const gradient = gradients[index]!
            const { decrease, slots } = update(
              coupled && shrinks ? tf.add(gradient, tf.mul(variable, coupled)) : gradient,
              state.slots,
              state.updates + 1,
            )
            const value = tf.sub(variable, decoupled && shrinks ? tf.add(decrease, tf.mul(variable, decoupled)) : decrease)
            this.#slots.replace(state, slots)
            variable.assign(value)
          })
        }
      })
      this.incrementIterations()
    }

    penalty(variables: readonly Variable[]): Scalar {
      const { weightDecay, decay, decayAll } = this.#options
      const shrinking = decay === 'coupled' && weightDecay > 0 ? variables.filter((variable) => decays(variable, decayAll)) : []
      if (shrinking.length === 0) return tf.scalar(0)
      return tf.tidy(() => tf.mul(tf.addN(shrinking.map((variable) => squareSum(tf, variable))), weightDecay / 2) as Scalar)
    }

    async exportState(): Promise<OptimizerState> {
      const { kind, iterations } = this
      return { kind, iterations, slots: await this.#slots.export() }
    }

    importState(state: OptimizerState, variables: readonly Variable[] = []): void {
      if (state.kind !== this.kind)
        throw new LossboardError('invalid_value', `the saved state belongs to the optimizer "${state.kind}", this one is "${this.kind}"`)
      if (!Number.isSafeInteger(state.iterations) || state.iterations < 0)
        throw new LossboardError(
          'invalid_value',
          `the saved optimizer state has ${state.iterations} iterations: it must be a whole number, 0 or more`,
        )
      this.#slots.import(state.slots, variables)
      this.iterations_ = state.iterations
      this.#norm.hold(tf, null)
      this.#exceeded.hold(tf, null)
    }

    override getConfig(): JsonConfig {
      return { ...this.#options, lr: this.#learningRate } as JsonConfig
    }

    override dispose(): void {
      this.#disposed = true
      this.#slots.clear()
      this.#norm.hold(tf, null)
      this.#exceeded.hold(tf, null)
    }
  }
}

/** Gradients that there are: a variable the loss does not depend on is left alone. */
function namedGradients(argument: Gradients): { name: string; gradient: Tensor }[] {
  const all = Array.isArray(argument)
    ? argument.map(({ name, tensor }) => ({ name, gradient: tensor as Tensor | null | undefined }))
    : Object.entries(argument as NamedTensorMap).map(([name, gradient]) => ({ name, gradient: gradient as Tensor | null | undefined }))
  return all.filter((one): one is { name: string; gradient: Tensor } => Boolean(one.gradient))
}
