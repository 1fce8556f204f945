/**
 * Whole runs of the lab: whether ten thousand steps leave tensors behind, and whether the shipped configs reach what they promise on all of
 * MNIST, with the time they take. The two MNIST rows take minutes each.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type LabConfig, trainLab } from '../trainer/lab/index.ts'
import { loadTf } from '../trainer/tfjs/index.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder } from './temp-folder.ts'

const STEPS = 10_000
/** Everything that makes tensors is on; every tenth step is measured, and may hold a number until the next. */
const SMALL: LabConfig = {
  data: { kind: 'gaussian-blobs', examples: 1000 },
  model: { kind: 'mlp', hidden: [8], norm: 'batch', dropout: 0.2 },
  augment: { mixup: 0.2 },
  optimizer: { kind: 'adam', weightDecay: 1e-4, clip: { norm: 1 } },
  schedule: { kind: 'cosine', warmup: 10 },
  train: { epochs: 1e6, maxSteps: STEPS, batchSize: 16, evaluateEvery: 10 },
  checkpoints: { every: 20 },
  earlyStopping: { patience: 1e6 },
}

export const labLeaks: Benchmark = {
  id: 'lab-leaks',
  title: 'Tensors of a long run',
  run: () =>
    inTempFolder(async (dir) => {
      const { tf } = await loadTf({ prefer: 'wasm' })
      const counts = new Map<number, { tensors: number; bytes: number }>()
      const onProgress = (progress: { type: string; step?: number }) => {
        const { numTensors, numBytes } = tf.memory()
        if (progress.type === 'step' && progress.step !== undefined) counts.set(progress.step, { tensors: numTensors, bytes: numBytes })
      }
      await trainLab(SMALL, { dir, tf, onProgress })
      const early = counts.get(95)
      const late = counts.get(STEPS - 5)
      if (!early || !late) throw new Error(`the run ended after ${counts.size} steps`)
      const row = (what: string, unit: string, key: 'tensors' | 'bytes'): Row => ({
        what: `${what} after ${STEPS - 5} steps of the lab`,
        value: late[key],
        unit,
        against: 'after 95 steps',
        rival: early[key],
        better: 'lower',
        target: early[key],
      })
      return [row('tensors alive', '', 'tensors'), row('memory of tensors', 'bytes', 'bytes')]
    }),
}

const onMnist = (example: string, what: string, promised: number, seconds: number): Benchmark => ({
  id: `lab-${example}`,
  title: `${what} on MNIST`,
  slow: true,
  run: () =>
    inTempFolder(async (dir) => {
      const config = parse(readFileSync(join(import.meta.dirname, `../examples/configs/${example}.yaml`), 'utf8')) as LabConfig
      const { tf } = await loadTf({ prefer: 'wasm' })
      const { metrics, trainingSeconds } = await trainLab(config, { dir, tf })
      const accuracy = (metrics['test/accuracy'] ?? Number.NaN) * 100
      return [
        {
          what: `test accuracy, ${what}, all of MNIST`,
          value: accuracy,
          unit: '%',
          against: 'promise',
          rival: promised,
          better: 'higher',
          target: promised,
        },
        {
          what: `training and testing it, ${metrics['val/accuracy'] === undefined ? '' : 'with evaluation and '}logging`,
          value: trainingSeconds,
          unit: 's',
          against: 'limit',
          rival: seconds,
          better: 'lower',
          target: seconds,
        },
      ]
    }),
})

export const labMnistConv = onMnist('mnist-conv', 'conv net', 98, 600)
export const labMnistResidual = onMnist('mnist-residual', 'residual net', 98.5, 1200)
