/** Preprocessing and the first layer, on handwritten digits. `npx tsx examples/lessons/preprocessing.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, loss, runAsScript, trainVariants } from './lesson.ts'

/** Sigmoids of one sign are what the notes warn of; `raw` are grey values from 0 to 1. */
const config = (preprocess: LabConfig['preprocess']): LabConfig => ({
  data: { kind: 'mnist', limit: { train: 3000, validation: 1000, test: 1000 } },
  preprocess,
  model: { kind: 'mlp', hidden: [64, 64], activation: 'sigmoid', init: 'xavier' },
  optimizer: { kind: 'momentum', lr: 0.05 },
  train: { epochs: 3, batchSize: 50 },
  checkpoints: { every: null },
})

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants(
    'lesson-preprocessing',
    { raw: config({ kind: 'none' }), 'zero-centre': config({ kind: 'zero-centre' }), standardise: config({ kind: 'standardise' }) },
    options,
  )
  console.log(
    `\nThe same network comes to a training loss of ${loss(ended.raw.trainLoss)} on raw grey values and of ${loss(ended.standardise.trainLoss)} when ` +
      `they are standardised; centring them alone gives ${loss(ended['zero-centre'].trainLoss)}.`,
  )
  return ended
}

await runAsScript(import.meta.url, main)
