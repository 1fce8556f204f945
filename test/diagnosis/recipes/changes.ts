import { mixSeed } from '../../../core/mix-seed.ts'
import { seededRandom } from '../../../core/seeded-random.ts'
import type { Dataset } from '../../../trainer/lab/data/examples.ts'
import { setWeight } from '../../../trainer/lab/models/named-weights.ts'
import { makeOptimizer } from '../../../trainer/lab/optimizers/registry.ts'
import type { LabSession } from '../../../trainer/lab/training/lab-session.ts'
import { trainStep } from '../../../trainer/lab/training/training-step.ts'
import type { Vary } from '../generator/vary.ts'

/** Changes to a session that no config can say: how people's own training loops go wrong. */
type Change = (session: LabSession) => void

export function all(...changes: Change[]): Change {
  return (session) => {
    for (const change of changes) change(session)
  }
}

/** Changes labels in place; the batches read them from there. */
export function relabel(change: (labels: Int32Array, classes: number, split: 'train' | 'validation') => void): Change {
  return ({ dataset }) => {
    for (const split of ['train', 'validation'] as const) change(dataset[split].labels, dataset.classes.length, split)
  }
}

/** The same share of wrong labels everywhere: no network can do better than the rest. */
export function noisyLabels(share: number, { seed }: Vary): (labels: Int32Array, classes: number, split: string) => void {
  return (labels, classes, split) => {
    const random = seededRandom(mixSeed(seed, split.length))
    for (let i = 0; i < labels.length; i++) if (random() < share) labels[i] = Math.floor(random() * classes)
  }
}

/** Labels that have nothing to do with the inputs. */
export function shuffledLabels(
  { seed }: Vary,
  splits: readonly string[] = ['train', 'validation'],
): (labels: Int32Array, classes: number, split: string) => void {
  return (labels, _, split) => {
    if (splits.includes(split)) shuffle(labels, seededRandom(mixSeed(seed, split.length)))
  }
}

/** In place; returns the same array. */
export function shuffle(values: Int32Array, random: () => number): Int32Array {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = values[i] as number
    values[i] = values[j] as number
    values[j] = kept
  }
  return values
}

/** Changes the raw inputs of both splits in place. */
export function changeInputs(
  change: (value: number, index: number) => number,
  splits: readonly (keyof Dataset & ('train' | 'validation'))[] = ['train', 'validation'],
): Change {
  return ({ dataset }) => {
    for (const split of splits) {
      const { inputs } = dataset[split]
      for (let i = 0; i < inputs.length; i++) inputs[i] = change(inputs[i] as number, i)
    }
  }
}

/** New labels for all training examples in every epoch: nothing is to be learned. */
export function relabelEachEpoch({ seed }: Vary): Change {
  return (session) => {
    const { batches, dataset } = session
    let now = 0
    session.batches = {
      ...batches,
      batch(step) {
        const epoch = Math.floor(step / batches.stepsPerEpoch)
        if (epoch !== now) shuffle(dataset.train.labels, seededRandom(mixSeed(seed, epoch)))
        now = epoch
        return batches.batch(step)
      },
    }
  }
}

/** Changes what the training loop is fed, step by step. */
export function changeBatches(change: (batch: { inputs: Float32Array; targets: Float32Array; n: number }, step: number) => void): Change {
  return (session) => {
    const { batches } = session
    session.batches = {
      ...batches,
      batch(step) {
        const batch = batches.batch(step)
        change(batch, step)
        return batch
      },
    }
  }
}

/** Multiplies the training loss of each step. */
export function weighLoss(weight: (step: number) => number): Change {
  return (session) => {
    const { tf, loss } = session
    let now = 1
    changeBatches((_, step) => {
      now = weight(step)
    })(session)
    session.loss = { ...loss, mean: (targets, logits) => tf.mul(loss.mean(targets, logits), now) }
  }
}

/** Changes gradients, or leaves some out, before they reach the optimizer, as the probes see them or after that. */
export function changeUpdates(change: (apply: (gradients: never) => void, gradients: never, session: LabSession) => void): Change {
  return (session) => {
    const { optimizer } = session
    const original = optimizer.applyGradients
    optimizer.applyGradients = (gradients) => change((given) => original.call(optimizer, given), gradients as never, session)
  }
}

/** The rate of each step as a function of it and of the rate that the config gives. */
export function changeRate(change: (rate: number, step: number, totalSteps: number) => number): Change {
  return (session) => {
    const { schedule, plan } = session
    session.schedule = (step) => change(schedule(step), step, plan.totalSteps)
  }
}

/** Changes weights in place, by layer and name (`hidden1/bias`). */
export function changeWeights(pattern: RegExp, change: (values: Float32Array, shape: readonly number[]) => void): Change {
  return ({ tf, network }) => {
    for (const weight of network.model.weights) {
      if (!pattern.test(weight.originalName)) continue
      const values = weight.read().dataSync<'float32'>().slice()
      change(values, weight.shape as number[])
      setWeight(tf, weight, values)
    }
  }
}

/** Trains the network for so many steps before the run begins, on data a little different from those of the run. */
export function pretrain(steps: number): (session: LabSession) => Promise<void> {
  return async (session) => {
    const { tf, config } = session
    for (let step = 0; step < steps; step++) await trainStep(session, step, false)
    session.optimizer.dispose()
    session.optimizer = makeOptimizer(tf, config.optimizer)
    changeInputs((value) => 1.1 * value + 0.1)(session)
  }
}
