/** What an evaluation of the validation split logs, and so what early stopping and the best checkpoint may go by. */
export const EVALUATION_METRICS = [
  'val/loss',
  'val/accuracy',
  'val/top-5-accuracy',
  'val/f1-macro',
  'val/f1-micro',
  'val/f1-weighted',
  'train-eval/loss',
  'train-eval/accuracy',
] as const
export type EvaluationMetric = (typeof EVALUATION_METRICS)[number]

/** Losses are to fall, every other one is to rise. */
export function goalOf(metric: EvaluationMetric): 'min' | 'max' {
  return metric.endsWith('/loss') ? 'min' : 'max'
}
