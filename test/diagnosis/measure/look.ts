import type { Tensor2D } from '@tensorflow/tfjs'
import type { Examples } from '../../../trainer/lab/data/examples.ts'
import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'

/** What a network does with the rows of a split, computed here from its outputs and from nothing that was logged. */
export interface SplitLook {
  n: number
  /** Mean cross entropy of the labels in natural units, in inference mode. */
  loss: number
  accuracy: number
  /** How often each class was predicted, as a share. */
  predicted: number[]
  /** Share of each class that was found. */
  recall: number[]
  /** Share of the commonest class among the labels. */
  majority: number
}

export interface Look {
  step: number
  train: SplitLook
  val: SplitLook
  /** Loss of the rows of the training split with the network in training mode. */
  trainModeLoss: number
  /** Whether every weight is a finite number. */
  finite: boolean
}

/** Rows looked at, at most. */
const ROWS = 400

/** Looks at the network as it is now. Batch norm statistics are put back as they were. */
export function look(session: LabSession, step: number): Look {
  const { dataset, network } = session
  // Dropout wants to know; every training step tells it again.
  network.setStep(Math.max(0, step))
  const finite = network.model.weights.every((weight) => (weight.read().dataSync() as Float32Array).every(Number.isFinite))
  return {
    step,
    train: lookAtSplit(session, dataset.train),
    val: lookAtSplit(session, dataset.validation),
    trainModeLoss: trainingModeLoss(session),
    finite,
  }
}

/** Rows of a split as the network takes them, spread evenly. */
export function rowsOf({ preprocessing }: LabSession, examples: Examples, most = ROWS): { inputs: Float32Array; labels: number[]; n: number } {
  const n = Math.min(most, examples.n)
  const size = examples.inputs.length / Math.max(1, examples.n)
  const raw = new Float32Array(n * size)
  const labels: number[] = []
  for (let row = 0; row < n; row++) {
    const at = Math.floor((row * examples.n) / n)
    raw.set(examples.inputs.subarray(at * size, (at + 1) * size), row * size)
    labels.push(examples.labels[at] as number)
  }
  return { inputs: n === 0 ? raw : preprocessing.apply(raw, n), labels, n }
}

function lookAtSplit(session: LabSession, examples: Examples): SplitLook {
  const classes = session.dataset.classes.length
  const { inputs, labels, n } = rowsOf(session, examples)
  const counts = new Array<number>(classes).fill(0)
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1
  const logits = n === 0 ? new Float32Array(0) : outputs(session, inputs, n, false)
  const predicted = new Array<number>(classes).fill(0)
  const found = new Array<number>(classes).fill(0)
  labels.forEach((label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    const best = own.indexOf(Math.max(...own))
    if (best < 0) return
    predicted[best] = (predicted[best] ?? 0) + 1 / n
    if (best === label) found[label] = (found[label] ?? 0) + 1
  })
  return {
    n,
    loss: crossEntropy(logits, labels, classes),
    accuracy: found.reduce((sum, one) => sum + one, 0) / n,
    predicted,
    recall: found.map((one, label) => one / (counts[label] as number)),
    majority: Math.max(...counts) / n,
  }
}

function trainingModeLoss(session: LabSession): number {
  const { tf, dataset, network } = session
  const classes = dataset.classes.length
  const { inputs, labels, n } = rowsOf(session, dataset.train)
  const kept = network.model.weights.map((weight) => tf.keep(weight.read().clone()))
  const logits = outputs(session, inputs, n, true)
  network.model.setWeights(kept)
  tf.dispose(kept)
  return crossEntropy(logits, labels, classes)
}

export function outputs({ tf, network, preprocessing }: LabSession, inputs: Float32Array, n: number, training: boolean): Float32Array {
  return tf.tidy(() => {
    const x = tf.tensor(inputs, [n, ...preprocessing.shape])
    return (network.model.apply(x, { training }) as Tensor2D).dataSync<'float32'>()
  })
}

/** Mean of log Σ exp(z) − z of the label, in double precision. */
export function crossEntropy(logits: Float32Array, labels: readonly number[], classes: number): number {
  let sum = 0
  labels.forEach((label, row) => {
    const own = logits.subarray(row * classes, (row + 1) * classes)
    const most = Math.max(...own)
    let exponentials = 0
    for (const one of own) exponentials += Math.exp(one - most)
    sum += Math.log(exponentials) + most - (own[label] as number)
  })
  return sum / labels.length
}
