/** ReLUs that die at a rate that is too high, and leaky ones. `npx tsx examples/lessons/dead-relu.ts`, then `npx lossboard`. */
import type { LabConfig } from 'lossboard/lab'
import { openStore } from 'lossboard/store'
import { type LessonOptions, type Outcome, percent, runAsScript, trainVariants } from './lesson.ts'

const config = (activation: 'relu' | 'leaky-relu', lr: number): LabConfig => ({
  data: { kind: 'mnist', limit: { train: 2000, validation: 500, test: 1000 } },
  model: { kind: 'mlp', hidden: [64, 64], activation },
  optimizer: { kind: 'adam', lr },
  train: { epochs: 3, batchSize: 50 },
  checkpoints: { every: null },
  probes: { activations: 10 },
})

export async function main(options: LessonOptions = {}) {
  const ended = await trainVariants(
    'lesson-dead-relu',
    { 'relu, rate 0.001': config('relu', 0.001), 'relu, rate 0.1': config('relu', 0.1), 'leaky, rate 0.1': config('leaky-relu', 0.1) },
    options,
  )
  const dead = { low: await deadShare(ended['relu, rate 0.001']), high: await deadShare(ended['relu, rate 0.1']) }
  console.log(
    `\nAt a rate of 0.1 ${percent(dead.high)} of the ReLUs of the first layer end up silent for every example (${percent(dead.low)} at 0.001) and ` +
      `${percent(ended['relu, rate 0.1'].testAccuracy)} of the test digits are right; leaky ReLUs, which always let a gradient through, get ` +
      `${percent(ended['leaky, rate 0.1'].testAccuracy)} right at the same rate.`,
  )
  return { ...ended, dead }
}

/** Share of the first layer's units that are 0 for each of the examples that the probe looks at, as the run logged it last. */
async function deadShare({ run }: Outcome): Promise<number> {
  const store = await openStore(run.store ?? undefined, { mode: 'read' })
  const series = await store.series(run.id)
  await store.close()
  return series.find(({ name }) => name === 'dead-fraction/hidden1-activation')?.last ?? Number.NaN
}

await runAsScript(import.meta.url, main)
