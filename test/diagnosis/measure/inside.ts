import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import { activationKind } from '../../../trainer/lab/models/activations/registry.ts'
import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import { rowsOf } from './look.ts'

/** What goes on inside a network, by a forward and a backward pass of our own on rows of the training split. */
export interface Inside {
  /** Per layer with an activation: share of units that are 0 for every row. */
  dead: Record<string, number>
  /** Per layer with a bounded activation: share of units of which more than half of the values are saturated. */
  saturated: Record<string, number>
  /** Per kernel, from input to output: L2 of the gradient of the data loss, and of the weights. */
  kernels: { name: string; gradient: number; weights: number }[]
  /** L2 over all trained variables. */
  gradient: number
}

const ROWS = 300

export function inside(session: LabSession): Inside {
  const { tf, network, dataset, preprocessing, loss, variables } = session
  const { inputs, n } = rowsOf(session, dataset.train, ROWS)
  const classes = dataset.classes.length
  const dead: Record<string, number> = {}
  const saturated: Record<string, number> = {}
  const kernels: Inside['kernels'] = []
  let squares = 0
  tf.tidy(() => {
    let x: Tensor = tf.tensor(inputs, [n, ...preprocessing.shape])
    // A chain of layers: that is what a fully connected network of the lab is.
    for (const layer of network.model.layers.slice(1)) {
      x = layer.apply(x, { training: false }) as Tensor
      const kind = activationKind(layer)
      if (kind === null) continue
      const values = x.dataSync<'float32'>()
      const units = x.shape.at(-1) as number
      if (kind === 'relu') dead[layer.name] = shareOfUnits(values, units, (column) => column.every((value) => value === 0))
      if (kind !== 'tanh' && kind !== 'sigmoid') continue
      const low = kind === 'sigmoid' ? 0.03 : -0.97
      saturated[layer.name] = shareOfUnits(
        values,
        units,
        (column) => column.filter((value) => value > 0.97 || value < low).length > column.length / 2,
      )
    }
    // One batch, as training sees it: over many rows the gradient of the last layer averages to nothing where nothing is learned.
    const batch = session.batches.batch(0)
    const targets = tf.tensor2d(batch.targets, [batch.n, classes])
    const { grads } = tf.variableGrads(
      () => loss.mean(targets, network.model.apply(tf.tensor(batch.inputs, [batch.n, ...preprocessing.shape]), { training: false }) as Tensor2D),
      variables,
    )
    for (const variable of variables) {
      const gradient = l2(grads[variable.name]?.dataSync<'float32'>() ?? [])
      squares += gradient ** 2
      if (variable.shape.length >= 2)
        kernels.push({ name: network.weightNames.get(variable.name) ?? variable.name, gradient, weights: l2(variable.dataSync<'float32'>()) })
    }
  })
  return { dead, saturated, kernels, gradient: Math.sqrt(squares) }
}

function shareOfUnits(values: Float32Array, units: number, is: (column: number[]) => boolean): number {
  let count = 0
  for (let unit = 0; unit < units; unit++) {
    const column: number[] = []
    for (let at = unit; at < values.length; at += units) column.push(values[at] as number)
    if (is(column)) count++
  }
  return count / units
}

export function l2(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) ** 2
  return Math.sqrt(sum)
}
