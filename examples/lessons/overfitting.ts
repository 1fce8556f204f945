/** Dropout and weight decay against overfitting, on 300 handwritten digits. `npx tsx examples/lessons/overfitting.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, loss, type Outcome, percent, runAsScript, trainVariants } from './lesson.ts'

/** Few digits, one in five of them with a wrong label: a network that learns them by heart learns mistakes. */
const config = (dropout: number, weightDecay: number): LabConfig => ({
  data: { kind: 'mnist', labelNoise: 0.2, limit: { train: 300, validation: 1000, test: 1000 } },
  model: { kind: 'mlp', hidden: [128, 128], dropout },
  optimizer: { kind: 'adam', lr: 3e-3, weightDecay },
  train: { epochs: 30, batchSize: 50, evaluateEvery: 5 },
  checkpoints: { every: null },
})

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants(
    'lesson-overfitting',
    { none: config(0, 0), dropout: config(0.5, 0), 'weight decay': config(0, 0.02), both: config(0.5, 0.02) },
    options,
  )
  const gap = ({ valLoss, trainLoss }: Outcome) => loss(valLoss - trainLoss)
  console.log(
    `\nThe validation loss is ${gap(ended.none)} above the training loss without regularisation, ${gap(ended['weight decay'])} with weight decay, ` +
      `${gap(ended.dropout)} with dropout and ${gap(ended.both)} with both, and validation accuracy goes from ${percent(ended.none.valAccuracy)} to ` +
      `${percent(ended.both.valAccuracy)} (without to with both).`,
  )
  return ended
}

await runAsScript(import.meta.url, main)
