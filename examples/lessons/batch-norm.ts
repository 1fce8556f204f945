/** Batch normalisation and the learning rate, on handwritten digits. `npx tsx examples/lessons/batch-norm.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, loss, percent, runAsScript, trainVariants } from './lesson.ts'

const config = (norm: 'none' | 'batch', lr: number): LabConfig => ({
  data: { kind: 'mnist', limit: { train: 3000, validation: 1000, test: 1000 } },
  model: { kind: 'mlp', hidden: [64, 64, 64], norm },
  optimizer: { kind: 'sgd', lr },
  train: { epochs: 3, batchSize: 50 },
})

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants(
    'lesson-batch-norm',
    {
      'none, rate 0.1': config('none', 0.1),
      'none, rate 1': config('none', 1),
      'none, rate 3': config('none', 3),
      'batch, rate 0.1': config('batch', 0.1),
      'batch, rate 1': config('batch', 1),
      'batch, rate 3': config('batch', 3),
    },
    options,
  )
  console.log(
    `\nAt a rate of 1 the network without normalisation is right on ${percent(ended['none, rate 1'].testAccuracy)} of the test digits, with batch ` +
      `norm on ${percent(ended['batch, rate 1'].testAccuracy)}; at 3 the loss without is ${loss(ended['none, rate 3'].trainLoss)}, with ` +
      `${loss(ended['batch, rate 3'].trainLoss)}.`,
  )
  return ended
}

await runAsScript(import.meta.url, main)
