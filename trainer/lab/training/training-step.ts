import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { LabSession } from './lab-session.ts'

export interface StepResult {
  /** Mean data loss of the batch in training mode, before the update. */
  loss: number
  /** What coupled weight decay adds to it; null without. */
  penalty: number | null
  /** Share of the batch whose highest logit is its highest target. */
  accuracy: number
  /** Loss of the same batch, with the same weights, in inference mode; null when not asked for. */
  inferenceLoss: number | null
  /** The batch as the network got it. */
  inputs: Float32Array
}

/** One update: batch, forward and backward pass, optimizer. Leaves no tensor behind. */
export async function trainStep(session: LabSession, step: number, compareModes: boolean): Promise<StepResult> {
  const { tf, batches, network, loss, optimizer, schedule, variables, preprocessing } = session
  const { inputs, targets, n } = batches.batch(step)
  network.setStep(step)
  optimizer.setLearningRate(schedule(step))
  const x = tf.tensor(inputs, [n, ...preprocessing.shape])
  const y = tf.tensor2d(targets, [n, targets.length / n])
  const kept: { logits?: Tensor } = {}
  const forward = (training: boolean) => network.model.apply(x, { training }) as Tensor2D
  const inference = compareModes ? tf.tidy(() => loss.mean(y, forward(false))) : null
  const penalty = session.hasPenalty ? optimizer.penalty(variables) : null
  const { value, grads } = tf.variableGrads(() => {
    const logits = forward(true)
    kept.logits = tf.keep(logits.clone())
    return loss.mean(y, logits)
  }, variables)
  optimizer.applyGradients(grads)
  try {
    const [lossValue, penaltyValue, inferenceLoss, logits] = await Promise.all([
      number(value),
      number(penalty),
      number(inference),
      (kept.logits as Tensor).data<'float32'>(),
    ])
    return { loss: lossValue ?? Number.NaN, penalty: penaltyValue, accuracy: agreement(logits, targets, n), inferenceLoss, inputs }
  } finally {
    tf.dispose([x, y, value, grads, kept.logits, penalty, inference].filter((one) => one !== null && one !== undefined))
  }
}

async function number(scalar: Scalar | null): Promise<number | null> {
  return scalar ? ((await scalar.data())[0] ?? null) : null
}

/** Soft targets (mixup) count as their largest class. NaN logits agree with nothing. */
function agreement(logits: Float32Array, targets: Float32Array, n: number): number {
  const width = targets.length / n
  let right = 0
  for (let row = 0; row < n; row++) {
    const at = row * width
    if (largest(logits, at, width) === largest(targets, at, width)) right++
  }
  return right / n
}

function largest(values: Float32Array, at: number, width: number): number {
  let best = -1
  let most = Number.NEGATIVE_INFINITY
  for (let i = 0; i < width; i++) {
    const value = values[at + i]!
    if (Number.isNaN(value)) return -1
    if (value > most || best < 0) {
      best = i
      most = value
    }
  }
  return best
}
