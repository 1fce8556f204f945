import type { AblateOptions } from '../../../trainer/ablation/ablate-options.ts'
import type { LabConfig } from '../../../trainer/lab/index.ts'

export type DemoData = 'fashion-mnist' | 'mnist'

export interface DemoStudyOptions {
  data: DemoData
  /** About how long all runs may take on two quiet cores. */
  seconds: number
}

/** What the whole study takes on two quiet cores of a 2020s server, wasm, two runs at a time. */
export const STUDY_SECONDS = 660
const VARIANTS = 6
/** Of one run, on one such core: process, TensorFlow.js and data; then an epoch with its share of the evaluations. */
const START_SECONDS = 4
const EPOCH_SECONDS = 3
const WHOLE = { examples: 2000, epochs: 12, seeds: 5, test: 5000 }

const TITLES = { 'fashion-mnist': 'Fashion-MNIST', mnist: 'MNIST' } as const

/**
 * A residual network, and what it is without each of five parts. The time decides how many seeds and epochs; nothing measured on this
 * machine does, so that the same command is the same study and goes on where it stopped.
 */
export function demoStudy({ data, seconds }: DemoStudyOptions): AblateOptions<LabConfig> {
  const { examples, epochs, seeds, test } = studySize(seconds)
  const isWhole = examples === WHOLE.examples && epochs === WHOLE.epochs && seeds === WHOLE.seeds
  const steps = Math.ceil(examples / BATCH) * epochs
  return {
    name: `residual network on ${TITLES[data]}${isWhole ? '' : ` (${seeds} seeds, ${examples} examples × ${epochs})`}`,
    project: 'ablation-demo',
    base: {
      data: { kind: data, limit: { train: examples, validation: 1000, test } },
      split: { validation: 1000, ...(data === 'fashion-mnist' && { test }) },
      augment: { shift: 1 },
      model: { kind: 'residual', filters: 8, stages: 3, blocks: 2, norm: 'batch', dropout: 0.2, shortcut: 'projection', stem: { stride: 2 } },
      optimizer: { kind: 'adamw', lr: 4e-3, weightDecay: 1e-2 },
      schedule: { kind: 'cosine', warmup: Math.min(20, Math.floor(steps / 10)) },
      train: { epochs, batchSize: BATCH, evaluateEvery: Math.min(2, epochs), trainEvaluationRows: 500 },
      // A run of seconds is begun anew rather than resumed.
      checkpoints: { every: null },
    },
    without: {
      'batch norm': { model: { norm: 'none' } },
      dropout: { model: { dropout: 0 } },
      augmentation: { augment: { shift: 0 } },
      'residual links': { model: { shortcut: 'none' } },
      'cosine schedule': { schedule: { kind: 'constant' } },
    },
    seeds,
    metrics: {
      'test/accuracy': { goal: 'max', unit: '%', label: 'Accuracy' },
      'test/f1-macro': { goal: 'max', unit: '%', label: 'Macro F1' },
      'test/loss': { goal: 'min', label: 'Loss' },
    },
  }
}

const BATCH = 64

/** Seeds first: without spread nothing can be compared. */
export function studySize(seconds: number): typeof WHOLE {
  if (seconds >= STUDY_SECONDS) return WHOLE
  const seeds = seconds >= 300 ? 5 : seconds >= 120 ? 3 : 2
  const eachRun = (2 * seconds) / (VARIANTS * seeds) - START_SECONDS
  const epochs = Math.floor(eachRun / EPOCH_SECONDS)
  if (epochs >= 2) return { ...WHOLE, epochs: Math.min(epochs, WHOLE.epochs), seeds }
  return { examples: eachRun > EPOCH_SECONDS / 2 ? 1000 : 500, epochs: 1, seeds, test: 1000 }
}
