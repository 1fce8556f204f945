/**
 * What `watch` costs: a training step on wasm with its default sampling, and at every step, against the same step without.
 * CPU time of all threads (the one that stores included), since wall time mostly measures what else the machine does.
 */
import type { LayersModel } from '@tensorflow/tfjs'
import { init } from '../trainer/index.ts'
import { loadTf, type Tf, watch } from '../trainer/tfjs/index.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder, median } from './temp-folder.ts'

const BATCH = 64

interface Case {
  what: string
  steps: number
  repeats: number
  build(tf: Tf): LayersModel
}

const CASES: Case[] = [
  {
    what: 'MLP of 235,000 weights',
    steps: 60,
    repeats: 9,
    build: (tf) =>
      tf.sequential({
        layers: [
          tf.layers.flatten({ inputShape: [28, 28, 1] }),
          tf.layers.dense({ units: 256, activation: 'relu' }),
          tf.layers.dense({ units: 128, activation: 'relu' }),
          tf.layers.dense({ units: 10 }),
        ],
      }),
  },
  {
    what: 'conv net of 52,000 weights',
    steps: 20,
    repeats: 7,
    build: (tf) =>
      tf.sequential({
        layers: [
          tf.layers.conv2d({ inputShape: [28, 28, 1], filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' }),
          tf.layers.batchNormalization(),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.conv2d({ filters: 16, kernelSize: 3, padding: 'same', activation: 'relu' }),
          tf.layers.maxPooling2d({ poolSize: 2 }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 64, activation: 'relu' }),
          tf.layers.dense({ units: 10 }),
        ],
      }),
  },
]

async function measure(tf: Tf, folder: string, { what, steps, repeats, build }: Case): Promise<Row[]> {
  const model = build(tf)
  model.compile({ optimizer: tf.train.adam(1e-3), loss: (truth, logits) => tf.losses.softmaxCrossEntropy(truth, logits) })
  const x = tf.randomUniform([BATCH, 28, 28, 1], 0, 1, 'float32', 1)
  const y = tf.tidy(() => tf.oneHot(tf.randomUniform([BATCH], 0, 10, 'int32', 2), 10))
  const run = init({ dir: folder, quiet: true, captureConsole: false, systemMetrics: false, saveGit: false })
  const block = async (): Promise<number> => {
    const start = process.cpuUsage()
    for (let step = 0; step < steps; step++) await model.trainOnBatch(x, y)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000 / steps
  }
  await block()
  const times = { without: [] as number[], sampled: [] as number[], everyStep: [] as number[] }
  // Interleaved, so that a busy moment of the machine meets all three alike.
  for (let repeat = 0; repeat < repeats; repeat++) {
    times.without.push(await block())
    const sampled = watch(model, run, { tf, totalSteps: 2000 })
    times.sampled.push(await block())
    sampled.unwatch()
    const everyStep = watch(model, run, { tf, updates: 1, gradients: 1, histograms: 1 })
    times.everyStep.push(await block())
    everyStep.unwatch()
  }
  await run.finish()
  model.dispose()
  tf.dispose([x, y])
  const against = { against: 'the same step unwatched', rival: median(times.without), unit: 'ms', better: 'lower' as const }
  return [
    { what: `CPU time of a training step, ${what}, watched as by default`, value: median(times.sampled), ...against },
    { what: `CPU time of a training step, ${what}, everything measured every step`, value: median(times.everyStep), ...against },
  ]
}

export const updateRatio: Benchmark = {
  id: 'update-ratio',
  title: 'Update ratios',
  async run() {
    const { tf } = await loadTf({ prefer: 'wasm' })
    const rows: Row[] = []
    for (const one of CASES) rows.push(...(await inTempFolder((folder) => measure(tf, folder, one))))
    return rows
  },
}
