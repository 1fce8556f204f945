import { LossboardError } from './errors.ts'
import type { Goal } from './run.ts'

export const METRIC_NAME_MAX = 250
const ALLOWED = /^[A-Za-z0-9_./ -]+$/

/** Returns the name when it is valid; else throws `invalid_metric_name` saying which character is wrong and what to write. */
export function checkMetricName(name: unknown): string {
  if (typeof name !== 'string') throw new LossboardError('invalid_metric_name', `metric name must be a string, got ${typeof name}`)
  if (name === '') throw new LossboardError('invalid_metric_name', 'metric name is empty')
  if (name.length > METRIC_NAME_MAX)
    throw new LossboardError(
      'invalid_metric_name',
      `metric name is ${name.length} characters long, at most ${METRIC_NAME_MAX}: "${name.slice(0, 40)}…"`,
    )
  if (!ALLOWED.test(name)) {
    const bad = [...name].find((character) => !ALLOWED.test(character))
    throw new LossboardError(
      'invalid_metric_name',
      `metric name "${name.slice(0, 80)}" contains ${JSON.stringify(bad)}: use letters, digits and _ . / - or space, for example "${name.replace(/[^A-Za-z0-9_./ -]/g, '_').slice(0, 80)}"`,
    )
  }
  if (name.startsWith('/') || name.endsWith('/') || name.includes('//'))
    throw new LossboardError('invalid_metric_name', `metric name "${name}" has an empty group: write it like "train/loss"`)
  if (name.trim() !== name) throw new LossboardError('invalid_metric_name', `metric name "${name}" begins or ends with a space`)
  return name
}

const DOWN = /(^|[/_. -])(loss|error|err|perplexity|ppl|nll|mse|rmse|mae|wer|cer|fid|bce|cross[_ -]?entropy|penalty)([/_. -]|\d|$)/i
const UP = /(^|[/_. -])(accuracy|acc|f1|auc|auroc|precision|recall|map|iou|dice|bleu|rouge|psnr|ssim|r2|reward|return|top[_ -]?\d)([/_. -]|\d|$)/i

/** Goal read off the name: loss, error, perplexity go down; accuracy, f1, auc go up; null when the name does not tell. */
export function inferGoal(name: string): Goal | null {
  if (UP.test(name)) return 'max'
  if (DOWN.test(name)) return 'min'
  return null
}

/** `train/loss` → { group: 'train', leaf: 'loss' }; a name without `/` has group ''. Only the first `/` makes a group. */
export function splitMetricName(name: string): { group: string; leaf: string } {
  const slash = name.indexOf('/')
  return slash < 0 ? { group: '', leaf: name } : { group: name.slice(0, slash), leaf: name.slice(slash + 1) }
}

const SPLITS: Record<string, string> = { train: 'train', training: 'train', val: 'val', valid: 'val', validation: 'val', eval: 'val', test: 'test' }

/** `val/loss` → { split: 'val', metric: 'loss' }; null when the first group is no data split. Metrics with the same `metric` share a card. */
export function splitOf(name: string): { split: 'train' | 'val' | 'test'; metric: string } | null {
  const { group, leaf } = splitMetricName(name)
  const split = SPLITS[group.toLowerCase()]
  return split ? { split: split as 'train' | 'val' | 'test', metric: leaf } : null
}
