import type { Scalar, Variable } from '@tensorflow/tfjs'
import { beforeAll, describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../core/seeded-random.ts'
import type { LabOptimizer, OptimizerState } from '../../../../trainer/lab/optimizers/lab-optimizer.ts'
import { makeOptimizer, OPTIMIZER_KINDS, type OptimizerInput, optimizerSchema } from '../../../../trainer/lab/optimizers/registry.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { REFERENCES } from './double-references.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

const make = (config: OptimizerInput): LabOptimizer => makeOptimizer(tf, optimizerSchema.parse(config))

/** A loss with different, noisy gradients at every step. */
function trainStep(optimizer: LabOptimizer, variables: Variable[], step: number): void {
  const random = seededRandom(step)
  const noise = variables.map((variable) => tf.tensor(Float32Array.from({ length: variable.size }, random), variable.shape))
  const loss = (): Scalar => tf.addN(variables.map((variable, index) => tf.sum(tf.square(tf.sub(variable, noise[index]!)))))
  optimizer.minimize(loss, false, variables)
  tf.dispose(noise)
}

const bits = (variables: Variable[]): number[] => variables.flatMap((variable) => [...new Uint32Array(variable.dataSync<'float32'>().slice().buffer)])

function pair(name: string): Variable[] {
  return [
    tf.variable(tf.tensor2d([1, -2, 3, 0.5, 0, -1], [2, 3]), true, `${name}/kernel`),
    tf.variable(tf.tensor1d([0.1, 0.2, 0.3]), true, `${name}/bias`),
  ]
}

describe('saved and restored', () => {
  it.each(OPTIMIZER_KINDS)('%s goes on bit for bit', async (kind) => {
    const config: OptimizerInput = { kind, weightDecay: 0.01, clip: { norm: 2 } }
    const through = pair(`through-${kind}`)
    const first = make(config)
    for (let step = 0; step < 7; step++) trainStep(first, through, step)
    const copies = through.map((variable) => tf.variable(variable, true, variable.name.replace('through', 'resumed')))
    const state = await first.exportState()
    const renamed: OptimizerState = {
      ...state,
      slots: Object.fromEntries(Object.entries(state.slots).map(([name, slots]) => [name.replace('through', 'resumed'), slots])),
    }
    const second = make(config)
    second.importState(renamed, copies)
    expect(second.iterations).toBe(7)
    for (let step = 7; step < 12; step++) {
      trainStep(first, through, step)
      trainStep(second, copies, step)
      expect(bits(copies)).toEqual(bits(through))
    }
    const one = await first.exportState()
    const two = await second.exportState()
    expect(two.iterations).toBe(12)
    expect(Object.values(two.slots)).toEqual(Object.values(one.slots))
    first.dispose()
    second.dispose()
    tf.dispose([through, copies])
  })

  it('the export is a copy of the moment of the call', async () => {
    const variables = pair('moment')
    const optimizer = make({ kind: 'momentum' })
    trainStep(optimizer, variables, 0)
    const before = await optimizer.exportState()
    const exporting = optimizer.exportState()
    trainStep(optimizer, variables, 1)
    expect(await exporting).toEqual(before)
    before.slots['moment/bias']!['v']!.fill(99)
    expect((await optimizer.exportState()).slots['moment/bias']!['v']![0]).not.toBe(99)
    optimizer.dispose()
    tf.dispose(variables)
  })

  it('the import does not share numbers with what it was given', async () => {
    const variables = pair('given')
    const optimizer = make({ kind: 'momentum' })
    const state = { kind: 'momentum', iterations: 1, slots: { 'given/bias': { v: Float32Array.of(1, 2, 3) } } }
    optimizer.importState(state)
    state.slots['given/bias'].v.fill(99)
    expect((await optimizer.exportState()).slots['given/bias']!['v']).toEqual(Float32Array.of(1, 2, 3))
    trainStep(optimizer, variables, 0)
    expect((await optimizer.exportState()).slots['given/bias']!['v']![2]).toBeLessThan(10)
    optimizer.dispose()
    tf.dispose(variables)
  })

  it('finds variables that TensorFlow.js has numbered in the meantime, and keeps those apart that the user has numbered', async () => {
    const optimizer = make({ kind: 'adagrad' })
    optimizer.importState({ kind: 'adagrad', iterations: 3, slots: { 'found/bias': { s: Float32Array.of(4, 9) } } })
    const again = tf.variable(tf.zeros([2]), true, 'found/bias_1')
    const zero = { [again.name]: tf.zeros([2]) }
    optimizer.applyGradients(zero)
    expect((await optimizer.exportState()).slots).toEqual({ 'found/bias': { s: Float32Array.of(4, 9) } })
    const numbered = [1, 2].map((n) => tf.variable(tf.zeros([1]), true, `own/w_${n}`))
    const gradients = Object.fromEntries(numbered.map((variable, index) => [variable.name, tf.tensor1d([index + 1])]))
    optimizer.applyGradients(gradients)
    const { slots } = await optimizer.exportState()
    expect(slots['own/w_1']).toEqual({ s: Float32Array.of(1) })
    expect(slots['own/w_2']).toEqual({ s: Float32Array.of(4) })
    optimizer.dispose()
    tf.dispose([again, zero, numbered, gradients])
  })

  it('refuses a state of another kind, of other slots or of other sizes, and stays as it was', async () => {
    const variables = pair('refused')
    const optimizer = make({ kind: 'adam' })
    trainStep(optimizer, variables, 0)
    const state = await optimizer.exportState()
    const { 'refused/kernel': kernel, 'refused/bias': bias } = state.slots
    const tensors = tf.memory().numTensors
    const refuse = (wrong: OptimizerState, message: RegExp): void => expect(() => optimizer.importState(wrong, variables)).toThrow(message)
    refuse({ ...state, kind: 'adamw' }, /belongs to the optimizer "adamw", this one is "adam"/)
    refuse({ ...state, iterations: -1 }, /-1 iterations/)
    refuse({ ...state, slots: { ...state.slots, 'refused/bias': { m: bias!['m']! } } }, /"refused\/bias" has the slots m: it must have m, v, updates/)
    refuse(
      { ...state, slots: { ...state.slots, 'refused/bias': kernel! } },
      /"m" of "refused\/bias" has 6 numbers, but the variable has 3 \(shape \[3\]\)/,
    )
    expect(await optimizer.exportState()).toEqual(state)
    expect(tf.memory().numTensors).toBe(tensors)
    // Without the variables it shows at the first step, before anything has changed.
    optimizer.importState({ ...state, slots: { ...state.slots, 'refused/bias': kernel! } })
    const before = bits(variables)
    expect(() => trainStep(optimizer, variables, 1)).toThrow(/another model/)
    expect(bits(variables)).toEqual(before)
    optimizer.dispose()
    tf.dispose(variables)
  })
})

describe('freezing in the middle of a run', () => {
  it.each(OPTIMIZER_KINDS)('%s keeps the state of frozen variables and mixes none up', (kind) => {
    const rate = 0.05
    const variables = ['a', 'b'].map((name) => tf.variable(tf.tensor1d([1, -2]), true, `freeze-${kind}/${name}`))
    const exact = [
      [1, -2],
      [1, -2],
    ]
    const references = exact.map(() => REFERENCES[kind]({}, 2))
    const optimizer = make({ kind, lr: rate, weightDecay: 0 })
    const curvatures = [1, 3]
    // Both, only the second, both, only the first, both.
    for (const phase of [[0, 1], [1], [0, 1], [0], [0, 1]])
      for (let step = 0; step < 3; step++) {
        const gradients = phase.map((index) => ({
          name: variables[index]!.name,
          tensor: tf.tensor1d(exact[index]!.map((w) => curvatures[index]! * w)),
        }))
        optimizer.applyGradients(gradients)
        tf.dispose(gradients.map(({ tensor }) => tensor))
        for (const index of phase)
          references[index]!(
            exact[index]!,
            exact[index]!.map((w) => curvatures[index]! * w),
            rate,
          )
        for (const [index, variable] of variables.entries())
          for (const [at, value] of variable.dataSync().entries()) expect(value).toBeCloseTo(exact[index]![at]!, 5)
      }
    expect(optimizer.iterations).toBe(15)
    optimizer.dispose()
    tf.dispose(variables)
  })

  it('exports what was imported for a layer that has stayed frozen since', async () => {
    const optimizer = make({ kind: 'momentum' })
    const frozen = { 'frozen/kernel': { v: Float32Array.of(1, 2) } }
    optimizer.importState({ kind: 'momentum', iterations: 5, slots: frozen })
    const other = tf.variable(tf.zeros([1]), true, 'thawed/bias')
    const gradients = { [other.name]: tf.ones([1]) }
    optimizer.applyGradients(gradients)
    expect((await optimizer.exportState()).slots).toEqual({ ...frozen, 'thawed/bias': { v: Float32Array.of(1) } })
    optimizer.dispose()
    tf.dispose([other, gradients])
  })

  it('leaves a variable alone that the loss does not depend on', () => {
    const variables = pair('unused')
    const optimizer = make({ kind: 'adamw' })
    const before = bits(variables)
    optimizer.applyGradients(variables.map(({ name }) => ({ name, tensor: null as never })))
    expect(bits(variables)).toEqual(before)
    optimizer.dispose()
    tf.dispose(variables)
  })
})
