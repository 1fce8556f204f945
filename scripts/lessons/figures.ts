import type { Smoothing } from '../../core/chart.ts'

/** What the page shows of a lesson: a line per run of one metric. */
export interface LessonFigure {
  /** Name of the script in `examples/lessons`, and of the pictures. */
  name: string
  title: string
  metric: string
  smoothing: Smoothing
  logY: boolean
  /** Which runs are drawn; all by default. */
  shows?: (run: string) => boolean
  /** Another metric of the same runs, drawn as well. */
  beside?: string
}

const noise: Smoothing = { kind: 'mean', window: 15 }
const none: Smoothing = { kind: 'none' }

/** In the order of docs/lessons.md. */
export const LESSON_FIGURES: readonly LessonFigure[] = [
  { name: 'optimizers', title: 'Training loss', metric: 'train/loss', smoothing: noise, logY: true },
  {
    name: 'initialisation',
    title: 'Training loss, ten hidden layers',
    metric: 'train/loss',
    smoothing: noise,
    logY: false,
    shows: (run) => run.includes('× 10'),
  },
  { name: 'batch-norm', title: 'Accuracy on the batches trained on', metric: 'train/accuracy', smoothing: noise, logY: false },
  { name: 'overfitting', title: 'Validation loss', metric: 'val/loss', smoothing: none, logY: false },
  { name: 'residual', title: 'Training loss', metric: 'train/loss', smoothing: noise, logY: false },
  { name: 'schedules', title: 'Training loss', metric: 'train/loss', smoothing: { kind: 'mean', window: 51 }, logY: true },
  {
    name: 'transfer',
    title: 'Validation accuracy on the new digits',
    metric: 'val/accuracy',
    smoothing: none,
    logY: false,
    shows: (run) => run !== 'source',
  },
  {
    name: 'snapshots',
    title: 'Test accuracy: one snapshot after the other, and their mean (dot)',
    metric: 'members/test/accuracy',
    beside: 'test/accuracy',
    smoothing: none,
    logY: false,
    shows: (run) => run !== 'single',
  },
  { name: 'preprocessing', title: 'Training loss', metric: 'train/loss', smoothing: noise, logY: false },
  {
    name: 'dead-relu',
    title: 'Share of dead units in the first layer',
    metric: 'dead-fraction/hidden1-activation',
    smoothing: none,
    logY: false,
    shows: (run) => run.startsWith('relu'),
  },
]
