import type { Split } from '../../metric-groups.ts'

const SPLITS: Record<string, Split> = {
  train: 'train',
  training: 'train',
  tr: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  eval: 'val',
  evaluation: 'val',
  test: 'test',
  testing: 'test',
}

/** Words that say nothing about which metric it is. */
const FILLER = new Set([
  'metric',
  'metrics',
  'avg',
  'average',
  'mean',
  'running',
  'main',
  'scalar',
  'scalars',
  'vs',
  'iterations',
  'main_model',
  'all',
])
const GRANULARITY: Record<string, 'epoch' | 'step'> = {
  epoch: 'epoch',
  epochs: 'epoch',
  step: 'step',
  batch: 'step',
  iter: 'step',
  iteration: 'step',
}

export interface MetricWords {
  split: Split | null
  /** The words that are left, in lower case, joined by `_`. */
  metric: string
  granularity: 'epoch' | 'step' | null
  /** Training examples, measured in inference mode: `train-eval/loss`. */
  inferenceMode: boolean
}

/** Takes a metric's name apart, however it is spelt: `val/loss`, `valLoss`, `Loss/validation`, `val_loss/dataloader_idx_0`, `train.loss_epoch`. */
export function splitWords(name: string): MetricWords {
  const words = name
    .replace(/([/_. -]?)dataloader_idx_0$/i, '')
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[/_. :-]+/)
    .filter((word) => word !== '')
  let split: Split | null = null
  let granularity: MetricWords['granularity'] = null
  let inferenceMode = false
  const rest: string[] = []
  for (const word of words) {
    const found = Object.hasOwn(SPLITS, word) ? SPLITS[word]! : null
    const grain = Object.hasOwn(GRANULARITY, word) ? GRANULARITY[word]! : null
    if (found !== null && split === null) split = found
    else if (found === 'val' && split === 'train') inferenceMode = true
    else if (found !== null) rest.push(word)
    else if (grain !== null) granularity = grain
    else if (!FILLER.has(word)) rest.push(word)
  }
  return { split, metric: rest.join('_'), granularity, inferenceMode }
}
