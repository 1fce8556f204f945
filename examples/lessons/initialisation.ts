/** Initialisation × activation × depth on handwritten digits. `npx tsx examples/lessons/initialisation.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, loss, percent, runAsScript, trainVariants } from './lesson.ts'

const DEPTHS = [1, 10] as const
const ACTIVATIONS = ['relu', 'tanh'] as const
const INITS = ['constant', 'gaussian', 'xavier', 'msra'] as const
type Activation = (typeof ACTIVATIONS)[number]
type Init = (typeof INITS)[number]
type Variant = `${Activation} × ${(typeof DEPTHS)[number]}, ${Init}`

/** `constant` is 0.01 everywhere, `gaussian` has a standard deviation of 0.01. */
const config = (activation: Activation, depth: number, init: Init): LabConfig => ({
  data: { kind: 'mnist', limit: { train: 2000, validation: 500, test: 1000 } },
  model: { kind: 'mlp', hidden: Array.from({ length: depth }, () => 64), activation, init },
  optimizer: { kind: 'momentum', lr: 0.01 },
  train: { epochs: 3, batchSize: 50 },
  probes: { activations: 20 },
})

const variants = Object.fromEntries(
  ACTIVATIONS.flatMap((activation) =>
    DEPTHS.flatMap((depth) => INITS.map((init): [Variant, LabConfig] => [`${activation} × ${depth}, ${init}`, config(activation, depth, init)])),
  ),
) as Record<Variant, LabConfig>

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants('lesson-initialisation', variants, options)
  const reached = (name: Variant) => loss(ended[name].trainLoss)
  const constants = Object.entries(ended).flatMap(([name, { testAccuracy }]) => (name.endsWith('constant') ? [testAccuracy] : []))
  console.log(
    `\nWith ten ReLU layers the training loss comes to ${reached('relu × 10, msra')} with MSRA, ${reached('relu × 10, xavier')} with Xavier and ` +
      `${reached('relu × 10, gaussian')} with a plain Gaussian (chance is ${loss(Math.log(10))}), which does well with one layer ` +
      `(${reached('relu × 1, gaussian')}); with ten of tanh to ${reached('tanh × 10, xavier')} with Xavier and ` +
      `${reached('tanh × 10, gaussian')} with a plain Gaussian; no constant start gets beyond ${percent(Math.max(...constants))} of the test digits.`,
  )
  return ended
}

await runAsScript(import.meta.url, main)
