/** Transfer learning from the digits 0–4 to 5–9. `npx tsx examples/lessons/transfer.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { type LessonOptions, percent, runAsScript, trainVariants } from './lesson.ts'

const MODEL = { kind: 'vgg', filters: 8, stages: 3, convolutions: 1, norm: 'batch', head: 'average' } satisfies LabConfig['model']

/** Plenty of the first five digits. */
const SOURCE: LabConfig = {
  data: { kind: 'mnist', onlyClasses: [0, 1, 2, 3, 4], limit: { train: 6000, validation: 500, test: 1000 } },
  model: MODEL,
  optimizer: { kind: 'adam', lr: 2e-3 },
  train: { epochs: 2, batchSize: 50 },
}

/** Five examples of each of the others. */
const target = (from: LabConfig['from'], lr: number): LabConfig => ({
  data: { kind: 'mnist', onlyClasses: [5, 6, 7, 8, 9], limit: { train: 25, validation: 500, test: 1000 } },
  model: MODEL,
  optimizer: { kind: 'adam', lr },
  train: { epochs: 40, batchSize: 25, evaluateEvery: 5 },
  checkpoints: { every: null },
  from,
})

export async function main(options: LessonOptions = {}) {
  const { source } = await trainVariants('lesson-transfer', { source: SOURCE }, options)
  const run = source.run.id
  const ended = await trainVariants(
    'lesson-transfer',
    {
      'from scratch': target(null, 2e-3),
      'frozen features': target({ run, freeze: ['stage*'] }, 3e-2),
      'fine-tuned': target({ run }, 2e-3),
    },
    options,
  )
  const right = (name: keyof typeof ended) => percent(ended[name].testAccuracy)
  console.log(
    `\nFrom five examples of each new digit a network learns to tell ${right('from scratch')} of the test digits right; a linear layer on the ` +
      `frozen features of a network that has seen other digits ${right('frozen features')}, and that network fine-tuned ${right('fine-tuned')}.`,
  )
  return { source, ...ended }
}

await runAsScript(import.meta.url, main)
