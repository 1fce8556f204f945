import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  ACTIVATION_KINDS,
  type ActivationKind,
  activationKind,
  activationLayer,
  activationSchema,
} from '../../../../trainer/lab/models/activations/registry.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { wasm } from './lab-tf.ts'

let tf: Tf
beforeAll(async () => {
  tf = await wasm()
})
afterEach(async () => {
  await tf.setBackend('wasm')
})

const AT = [-6, -2.5, -1, -0.3, 0.2, 1, 3.7]
/** Values and derivatives at AT in double precision (numpy 2, scipy.special.erf). */
const REFERENCE: Record<ActivationKind, [value: number[], derivative: number[]]> = {
  sigmoid: [
    [0.002472623, 0.07585818, 0.268941421, 0.425557483, 0.549833997, 0.731058579, 0.975872979],
    [0.002466509, 0.070103717, 0.196611933, 0.244458312, 0.247516573, 0.196611933, 0.023544908],
  ],
  tanh: [
    [-0.999987712, -0.986614298, -0.761594156, -0.291312612, 0.19737532, 0.761594156, 0.998778241],
    [2.4577e-5, 0.026592227, 0.419974342, 0.915136962, 0.961042983, 0.419974342, 0.002442025],
  ],
  gelu: [
    [-6e-9, -0.015524163, -0.158655254, -0.114626573, 0.115851942, 0.841344746, 3.699601141],
    [-3.5e-8, -0.037611086, -0.083315471, 0.267672233, 0.657468248, 1.083315471, 1.001463887],
  ],
  silu: [
    [-0.014835739, -0.18964545, -0.268941421, -0.127667245, 0.109966799, 0.731058579, 3.610730021],
    [-0.012326433, -0.099401111, 0.072329488, 0.35221999, 0.599337312, 0.927670512, 1.062989139],
  ],
  selu: [
    [-1.753741448, -1.613785759, -1.111330738, -0.455667315, 0.210140197, 1.050700987, 3.887593653],
    [0.004357893, 0.144313582, 0.646768603, 1.302432025, 1.050700987, 1.050700987, 1.050700987],
  ],
  elu: [
    [-0.997521248, -0.917915001, -0.632120559, -0.259181779, 0.2, 1.0, 3.7],
    [0.002478752, 0.082084999, 0.367879441, 0.740818221, 1.0, 1.0, 1.0],
  ],
  identity: [AT, [1, 1, 1, 1, 1, 1, 1]],
  relu: [
    [0, 0, 0, 0, 0.2, 1, 3.7],
    [0, 0, 0, 0, 1, 1, 1],
  ],
  'leaky-relu': [
    [-1.2, -0.5, -0.2, -0.06, 0.2, 1, 3.7],
    [0.2, 0.2, 0.2, 0.2, 1, 1, 1],
  ],
  prelu: [
    [-1.5, -0.625, -0.25, -0.075, 0.2, 1, 3.7],
    [0.25, 0.25, 0.25, 0.25, 1, 1, 1],
  ],
}

const config = (kind: ActivationKind) => activationSchema.parse(kind === 'leaky-relu' ? { kind, slope: 0.2 } : kind)

describe('activations', () => {
  it.each(ACTIVATION_KINDS.flatMap((kind) => [[kind, 'wasm'] as const, [kind, 'cpu'] as const]))(
    '%s on %s: values and derivatives equal the reference',
    async (kind, backend) => {
      await tf.setBackend(backend)
      const layer = activationLayer(tf, config(kind), `${kind}-${backend}`)
      const x = tf.tensor2d(AT, [1, AT.length])
      const y = layer.apply(x) as typeof x
      const derivative = tf.grad((input) => tf.sum(layer.apply(input) as typeof x))(x)
      for (const [found, wanted] of [
        [y, REFERENCE[kind][0]],
        [derivative, REFERENCE[kind][1]],
      ] as const)
        for (const [i, value] of [...found.dataSync()].entries()) expect(Math.abs(value - wanted[i]!), `at ${AT[i]}`).toBeLessThan(3e-6)
      tf.dispose([x, y, derivative, layer.getWeights()])
    },
  )

  it('PReLU learns one slope per unit or channel: its gradient is the sum of x where x < 0', () => {
    const layer = activationLayer(tf, activationSchema.parse('prelu'), 'learned')
    const x = tf.tensor4d([-1, 2, -3, -4, 5, -6, 7, -8], [1, 2, 2, 2])
    layer.apply(x)
    const [slope] = layer.trainableWeights
    expect(slope!.shape).toEqual([2])
    const { grads } = tf.variableGrads(() => tf.sum(layer.apply(x) as never))
    // Channel 0 holds −1, −3, 5, 7 and channel 1 holds 2, −4, −6, −8.
    expect([...grads[slope!.name]!.dataSync()]).toEqual([-4, -18])
    tf.dispose([x, grads, layer.getWeights()])
  })

  it('a saturated or very negative input gives finite derivatives', () => {
    for (const kind of ACTIVATION_KINDS) {
      const layer = activationLayer(tf, config(kind), `far-${kind}`)
      const x = tf.tensor2d([[-200, 200]])
      const derivative = tf.grad((input) => tf.sum(layer.apply(input) as typeof x))(x)
      expect([...derivative.dataSync()].every(Number.isFinite), kind).toBe(true)
      tf.dispose([x, derivative])
    }
  })

  it('tells which activation a layer is, also of layers the lab did not make', () => {
    for (const kind of ACTIVATION_KINDS) expect(activationKind(activationLayer(tf, config(kind), `told-${kind}`))).toBe(kind)
    expect(activationKind(tf.layers.prelu())).toBe('prelu')
    expect(activationKind(tf.layers.elu())).toBe('elu')
    expect(activationKind(tf.layers.activation({ activation: 'softmax' }))).toBeNull()
    expect(activationKind(tf.layers.dense({ units: 1 }))).toBeNull()
  })
})
