import { metricSplit, naturalCompare, type Split } from './metric-groups.ts'

/** The metrics of the run page's first charts, by whatever common name they were logged. */
export interface LeadMetrics {
  /** Drawn as scatter plus moving average; null when no training loss was logged. */
  trainLoss: string | null
  /** Train, val and test loss present, in this order. */
  loss: string[]
  /** Train, val and test accuracy present, in this order. */
  accuracy: string[]
  learningRate: string[]
}

const LOSS = ['loss', 'batch_loss', 'loss_step', 'epoch_loss', 'loss_epoch', 'total_loss', 'cross_entropy', 'nll', 'cost']
const ACCURACY = [
  'accuracy',
  'acc',
  'batch_accuracy',
  'accuracy_step',
  'epoch_accuracy',
  'accuracy_epoch',
  'categorical_accuracy',
  'sparse_categorical_accuracy',
  'binary_accuracy',
  'top1',
  'top_1',
  'acc1',
  'top1_accuracy',
]
const LEARNING_RATE = /(^|[/_-])(lr|learning[_-]?rate)(-[\w]+|_\d+)?$/i

/**
 * Finds loss, accuracy and learning rate under the names people use: `train/loss`, Keras' `loss` and `val_loss`, `acc`,
 * Lightning's `train_loss`, TensorBoard's `Loss/train`. Where several fit, the first in the lists above wins.
 */
export function leadMetrics(names: readonly string[]): LeadMetrics {
  const sorted = [...names].sort(naturalCompare)
  const loss = bySplit(sorted, LOSS)
  const accuracy = bySplit(sorted, ACCURACY)
  return {
    trainLoss: loss.train ?? null,
    loss: present(loss),
    accuracy: present(accuracy),
    learningRate: sorted.filter((name) => LEARNING_RATE.test(name) && !name.startsWith('system/')),
  }
}

function present(found: Partial<Record<Split, string>>): string[] {
  return [found.train, found.val, found.test].filter((name) => name !== undefined)
}

function bySplit(names: string[], wanted: string[]): Partial<Record<Split, string>> {
  const best: Partial<Record<Split, { name: string; rank: number }>> = {}
  for (const name of names) {
    const found = metricSplit(name) ?? { split: 'train' as const, metric: name }
    const rank = wanted.indexOf(found.metric.toLowerCase())
    if (rank < 0) continue
    // A bare name is the training metric only when none says so itself.
    const score = rank * 2 + (metricSplit(name) ? 0 : 1)
    const current = best[found.split]
    if (!current || score < current.rank) best[found.split] = { name, rank: score }
  }
  return Object.fromEntries(Object.entries(best).map(([split, { name }]) => [split, name]))
}

/** Whether a metric is a schedule or a counter (`lr`, `epoch`): it has no noise that smoothing would take away. */
export function isNoiseless(name: string): boolean {
  return LEARNING_RATE.test(name) || /(^|\/)epoch$/i.test(name)
}
