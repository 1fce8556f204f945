/** Optimizers compared on handwritten digits. `npx tsx examples/lessons/optimizers.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, loss, runAsScript, trainVariants } from './lesson.ts'

/** Two families, each at one rate, so that only the rule differs. */
const OPTIMIZERS = {
  sgd: { kind: 'sgd', lr: 0.01 },
  momentum: { kind: 'momentum', lr: 0.01, momentum: 0.9 },
  nesterov: { kind: 'nesterov', lr: 0.01, momentum: 0.9 },
  adagrad: { kind: 'adagrad', lr: 0.001 },
  rmsprop: { kind: 'rmsprop', lr: 0.001 },
  adam: { kind: 'adam', lr: 0.001 },
} satisfies Record<string, LabConfig['optimizer']>

const variant = (name: keyof typeof OPTIMIZERS): LabConfig => ({
  data: { kind: 'mnist', limit: { train: 4000, validation: 1000, test: 1000 } },
  model: { kind: 'mlp', hidden: [100] },
  optimizer: OPTIMIZERS[name],
  train: { epochs: 4, batchSize: 64 },
})

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants(
    'lesson-optimizers',
    {
      sgd: variant('sgd'),
      momentum: variant('momentum'),
      nesterov: variant('nesterov'),
      adagrad: variant('adagrad'),
      rmsprop: variant('rmsprop'),
      adam: variant('adam'),
    },
    options,
  )
  const reached = (name: keyof typeof OPTIMIZERS) => loss(ended[name].trainLoss)
  console.log(
    `\nIn the same number of steps, at the same rate, momentum brings the training loss to ${reached('momentum')} where plain SGD is at ` +
      `${reached('sgd')}; the sums of AdaGrad leave it at ${reached('adagrad')} where the moving averages of RMSProp and Adam reach ` +
      `${reached('rmsprop')} and ${reached('adam')}.`,
  )
  return ended
}

await runAsScript(import.meta.url, main)
