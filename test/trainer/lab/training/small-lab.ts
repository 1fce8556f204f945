import { init, type Run } from '../../../../trainer/index.ts'
import type { LabConfig, LabProgress, LabResult, TrainLabOptions } from '../../../../trainer/lab/index.ts'
import { trainLab } from '../../../../trainer/lab/index.ts'
import { loadTf } from '../../../../trainer/tfjs/index.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'

/** wasm, as people train; loaded once per test file. */
let loaded: Promise<Tf> | undefined
export function wasm(): Promise<Tf> {
  loaded ??= loadTf({ prefer: 'wasm' }).then(({ tf }) => tf)
  return loaded
}

/** A convolutional network on a few real digits, with everything on that keeps state or draws random numbers. */
export const EVERYTHING = {
  data: { kind: 'mnist', limit: { train: 150, validation: 50, test: 50 } },
  augment: { shift: 2, mixup: 0.2 },
  model: { kind: 'vgg', filters: 4, stages: 2, convolutions: 1, norm: 'batch', dropout: 0.3, spatialDropout: 0.2, head: 'dense' },
  loss: { kind: 'softmax-cross-entropy', labelSmoothing: 0.1 },
  optimizer: { kind: 'adam', lr: 0.01, weightDecay: 1e-3, clip: { norm: 1 } },
  schedule: { kind: 'cosine', warmup: 3 },
  train: { epochs: 4, batchSize: 32, evaluateEvery: 0.6, trainEvaluationRows: 40 },
  earlyStopping: { metric: 'val/loss', patience: 4, restoreBest: true },
  checkpoints: { every: 0.5, keepLast: 1 },
  seed: 3,
} as const satisfies LabConfig

/** Four classes of points, learned in a moment. */
export const POINTS = {
  data: { kind: 'gaussian-blobs', classes: 4, examples: 400 },
  model: { kind: 'mlp', hidden: [16] },
  optimizer: { kind: 'adam', lr: 0.01 },
  train: { epochs: 4, batchSize: 32 },
  probes: false,
} as const satisfies LabConfig

export async function train(dir: string, config: LabConfig | null, options: TrainLabOptions = {}): Promise<LabResult> {
  return trainLab(config, { dir, tf: await wasm(), ...options })
}

/** Trains without a store, which takes most of the time of a small run: its result and the loss of every step. */
export async function trainUnlogged(
  config: LabConfig,
  onProgress: (progress: LabProgress) => void = () => {},
): Promise<{ result: LabResult; losses: number[] }> {
  const losses: number[] = []
  const run = init({ mode: 'disabled' }) as unknown as Run
  const result = await trainLab(config, {
    tf: await wasm(),
    run,
    onProgress(progress) {
      if (progress.type === 'step') losses.push(progress.loss)
      onProgress(progress)
    },
  })
  return { result, losses }
}

/** Trains and stops after the update of `step`, as Ctrl-C does; resolves with the id of the run. */
export async function trainUntil(dir: string, config: LabConfig | null, step: number, options: TrainLabOptions = {}): Promise<string> {
  const controller = new AbortController()
  let id = ''
  const onProgress = (progress: LabProgress) => {
    if (progress.type === 'start') id = progress.run.id
    if (progress.type === 'step' && progress.step === step) controller.abort()
  }
  const error = await train(dir, config, { ...options, onProgress, signal: controller.signal }).then(
    () => new Error('the run was not stopped'),
    (reason: unknown) => reason as Error,
  )
  if (error.name !== 'AbortError') throw error
  return id
}
