/**
 * One update of all weights by the lab's Adam and SGD against TensorFlow.js's own, on wasm, without the forward and backward pass that a
 * training step has besides. CPU time; blocks of both take turns, so that a busy moment of the machine meets them alike.
 */
import type { NamedTensorMap, Optimizer, Variable } from '@tensorflow/tfjs'
import { makeOptimizer, type OptimizerInput, optimizerSchema } from '../trainer/lab/optimizers/registry.ts'
import { loadTf, type Tf } from '../trainer/tfjs/index.ts'
import type { Benchmark, Row } from './row.ts'
import { median } from './temp-folder.ts'

/** The lab promises to stay within this share of TensorFlow.js's own time. */
const LIMIT = 1.3
const REPEATS = 15

const MODELS = [
  { what: 'MLP of 235,000 weights', shapes: [[784, 256], [256], [256, 128], [128], [128, 10], [10]] },
  {
    what: 'conv net of 52,000 weights',
    shapes: [[3, 3, 1, 8], [8], [8], [8], [3, 3, 8, 16], [16], [784, 64], [64], [64, 10], [10]],
  },
]

interface Pair {
  name: string
  steps: number
  ours: OptimizerInput
  theirs: 'adam' | 'sgd'
  /** False where we do what TensorFlow.js cannot. */
  promised: boolean
}

const PAIRS: Pair[] = [
  { name: 'Adam', steps: 60, ours: { kind: 'adam' }, theirs: 'adam', promised: true },
  { name: 'SGD', steps: 600, ours: { kind: 'sgd' }, theirs: 'sgd', promised: true },
  {
    name: 'AdamW clipped by global norm',
    steps: 60,
    ours: { kind: 'adamw', clip: { norm: 0.01 } },
    theirs: 'adam',
    promised: false,
  },
]

function measure(tf: Tf, model: (typeof MODELS)[number], { name, steps, ours, theirs, promised }: Pair): Row {
  const variables: Variable[] = model.shapes.map((shape, index) => tf.variable(tf.randomNormal(shape, 0, 0.1, 'float32', index)))
  const gradients: NamedTensorMap = Object.fromEntries(
    variables.map((variable, index) => [variable.name, tf.randomNormal(variable.shape, 0, 1e-3, 'float32', 100 + index)]),
  )
  const block = (optimizer: Optimizer): number => {
    const start = process.cpuUsage()
    for (let step = 0; step < steps; step++) optimizer.applyGradients(gradients)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000 / steps
  }
  const rivals = [makeOptimizer(tf, optimizerSchema.parse(ours)), tf.train[theirs](1e-3)] as const
  for (const optimizer of rivals) block(optimizer)
  const times: [number[], number[]] = [[], []]
  for (let repeat = 0; repeat < REPEATS; repeat++)
    for (const which of repeat % 2 ? ([1, 0] as const) : ([0, 1] as const)) times[which].push(block(rivals[which]))
  for (const optimizer of rivals) optimizer.dispose()
  tf.dispose([variables, gradients])
  const rival = median(times[1])
  return {
    what: `CPU time of one ${name} update, ${model.what}`,
    value: median(times[0]),
    unit: 'ms',
    against: `TensorFlow.js's own ${theirs}, no decay or clipping`,
    rival,
    better: 'lower',
    ...(promised && { target: LIMIT * rival }),
  }
}

export const labOptimizers: Benchmark = {
  id: 'lab-optimizers',
  title: "The lab's optimizers",
  async run() {
    const { tf } = await loadTf({ prefer: 'wasm' })
    return MODELS.flatMap((model) => PAIRS.map((pair) => measure(tf, model, pair)))
  },
}
