/** Residual against plain networks at two depths, on handwritten digits. `npx tsx examples/lessons/residual.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, loss, runAsScript, trainVariants } from './lesson.ts'

/** `shortcut: none` is the same network without the sums. Images are shrunk to 7 × 7 at once, to make depth cheap. */
const config = (shortcut: 'projection' | 'none', blocks: number): LabConfig => ({
  data: { kind: 'mnist', limit: { train: 2000, validation: 500, test: 1000 } },
  model: { kind: 'residual', filters: 8, stages: 1, blocks, shortcut, norm: 'batch', stem: { stride: 2, pool: true } },
  optimizer: { kind: 'momentum', lr: 0.05 },
  schedule: { kind: 'cosine' },
  train: { epochs: 4, batchSize: 50, trainEvaluationRows: 1000 },
  checkpoints: { every: null },
})

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants(
    'lesson-residual',
    {
      'plain, 5 layers': config('none', 2),
      'plain, 29 layers': config('none', 14),
      'residual, 5 layers': config('projection', 2),
      'residual, 29 layers': config('projection', 14),
    },
    options,
  )
  console.log(
    `\nOn the digits it is trained on the plain network comes to a loss of ${loss(ended['plain, 5 layers'].trainLoss)} with 5 convolutions and ` +
      `of ${loss(ended['plain, 29 layers'].trainLoss)} with 29; with shortcuts the same 29 reach ${loss(ended['residual, 29 layers'].trainLoss)}.`,
  )
  return ended
}

await runAsScript(import.meta.url, main)
