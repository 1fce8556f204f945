/** Learning rate schedules compared on handwritten digits. `npx tsx examples/lessons/schedules.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, loss, runAsScript, trainVariants } from './lesson.ts'

/** A rate as high as this learns fast and then jumps about, so it shows what lowering it is good for. */
const config = (schedule: LabConfig['schedule']): LabConfig => ({
  data: { kind: 'mnist', limit: { train: 3000, validation: 1000, test: 1000 } },
  model: { kind: 'mlp', hidden: [64] },
  optimizer: { kind: 'momentum', lr: 0.05 },
  schedule,
  train: { epochs: 4, batchSize: 25 },
  checkpoints: { every: null },
})

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants(
    'lesson-schedules',
    {
      constant: config({ kind: 'constant' }),
      step: config({ kind: 'step' }),
      cosine: config({ kind: 'cosine' }),
      linear: config({ kind: 'linear' }),
      'warm-up, cosine': config({ kind: 'cosine', warmup: 50 }),
    },
    options,
  )
  console.log(
    `\nAfter as many steps from the same rate, the training loss is ${loss(ended.constant.trainLoss)} when the rate stays, ` +
      `${loss(ended.step.trainLoss)} when it falls in steps, ${loss(ended.cosine.trainLoss)} along a cosine, ${loss(ended.linear.trainLoss)} ` +
      `along a line and ${loss(ended['warm-up, cosine'].trainLoss)} along a cosine after a warm-up.`,
  )
  return ended
}

await runAsScript(import.meta.url, main)
