import type { ModelValue } from '../../../core/kinds/values.ts'
import { type Columns, curve, falling } from './curves.ts'

/** A table of dense layers, from input to output, of `units` units each. */
export function denseModel(names: readonly string[], units = 32, shape = [32, 32]): ModelValue {
  const layers = names.map((name) => ({
    name,
    type: 'Dense',
    outputShape: [null, units],
    parameters: 1,
    trainable: true,
    weights: [{ name: 'kernel', shape }],
  }))
  return { layers, parameters: layers.length, trainableParameters: layers.length }
}

/** Sampled every ten steps of a run of `steps`. */
export const sampled = (steps: number, at: (share: number, i: number) => number, noise = 0.1): Columns =>
  curve(Math.floor(steps / 10), at, { noise, every: 10 })

/** A training that goes well, seen from inside. */
export function healthyInside(steps = 600): Record<string, Columns> {
  return {
    'train/loss': curve(steps, falling(2.3, 0.3), { noise: 0.1 }),
    lr: curve(steps, () => 0.05),
    'gradient-norm/global': curve(steps, falling(2, 0.5), { noise: 0.2 }),
    'update-ratio/hidden1': sampled(steps, falling(8e-3, 2e-3)),
    'update-ratio/output': sampled(steps, falling(2e-2, 5e-3)),
    'gradient-norm/hidden1': sampled(steps, falling(1, 0.3)),
    'gradient-norm/output': sampled(steps, falling(1.5, 0.4)),
    'dead-fraction/hidden1-activation': curve(12, () => 0.02, { every: 50 }),
    'twin-units/highest': { step: [0], value: [0] },
    'weight-norm/global': sampled(steps, () => 10, 0.01),
    'same-batch/training-mode-loss': curve(6, falling(2, 0.3), { every: 100, first: 90 }),
    'same-batch/inference-mode-loss': curve(6, falling(1.9, 0.28), { every: 100, first: 90 }),
    'train/penalty': curve(steps, () => 0.05),
    'train/penalty-gradient-norm': curve(steps, () => 0.02),
    clipped: curve(steps, (_, i) => (i % 10 === 0 ? 1 : 0)),
  }
}

/** The same, with series replaced; undefined takes one away. */
export function inside(changed: Record<string, Columns | undefined>, steps?: number): Record<string, Columns> {
  const all = { ...healthyInside(steps), ...changed }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, Columns] => entry[1] !== undefined))
}

/** A loss that does not move. */
export const stuck = (steps = 600): Columns => curve(steps, () => 2.3, { noise: 0.01 })
