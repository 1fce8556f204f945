/** An ensemble of the snapshots of one run. `npx tsx examples/lessons/snapshots.ts`, then `npx lossboard`. */
import { evaluateEnsemble, type LabConfig } from 'lossboard/lab'
import { type LessonOptions, loadEngine, percent, runAsScript, trainVariants } from './lesson.ts'

/** A rate that stays high keeps the network moving, so that its snapshots differ. */
const config: LabConfig = {
  data: { kind: 'mnist', limit: { train: 2000, validation: 500, test: 2000 } },
  model: { kind: 'mlp', hidden: [64] },
  optimizer: { kind: 'momentum', lr: 0.03 },
  train: { epochs: 6, batchSize: 25 },
}

export async function main(options: LessonOptions = {}) {
  const { budget = 1, dir } = options
  const { single } = await trainVariants('lesson-snapshots', { single: { ...config, snapshots: { every: budget } } }, options)
  const { tf } = await loadEngine()
  const ensemble = await evaluateEnsemble({ tf, snapshots: single.run.id, name: 'ensemble of its snapshots', ...(dir !== undefined && { dir }) })
  const members = ensemble.members.map(({ metrics }) => metrics['test/accuracy'] ?? Number.NaN)
  const accuracy = {
    ensemble: ensemble.metrics['test/accuracy'] ?? Number.NaN,
    mean: members.reduce((sum, value) => sum + value, 0) / members.length,
    best: Math.max(...members),
  }
  console.log(
    `\nThe mean of ${members.length} snapshots of one run is right on ${percent(accuracy.ensemble)} of the test digits; the snapshots alone on ` +
      `${members.map(percent).join(', ')}, ${percent(accuracy.mean)} on average.`,
  )
  return { single, ensemble, accuracy }
}

await runAsScript(import.meta.url, main)
