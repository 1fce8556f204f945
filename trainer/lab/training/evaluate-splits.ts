import { LossboardError } from '../../../core/errors.ts'
import type { Run } from '../../run.ts'
import type { EvaluationMetric } from '../config/evaluation-metrics.ts'
import { type BatchSource, makeBatches } from '../data/batch-source.ts'
import type { Examples } from '../data/examples.ts'
import { type EvaluationRows, evaluate } from '../metrics/evaluate.ts'
import { evaluationMetrics, evaluationRecords, predictionMetrics } from '../metrics/log-evaluation.ts'
import type { LabSession } from './lab-session.ts'

export interface SplitEvaluator {
  /** Validation split and training subset, in inference mode; logged, and returned by name. */
  evaluate(step: number): Promise<Record<string, number>>
  /** Validation and test split with precision-recall curves: the last word on the weights as they are now. */
  evaluateLast(step: number): Promise<Record<string, number>>
}

export function makeSplitEvaluator(session: LabSession, run: Run): SplitEvaluator {
  const { tf, network, loss, dataset, config, batches } = session
  const classes = dataset.classes.length
  const options = { classes, batchSize: config.train.evaluationBatchSize }
  const validation = splitRows(session, dataset.validation)
  const test = splitRows(session, dataset.test)
  const subset = spreadRows(batches, Math.min(batches.n, config.train.trainEvaluationRows))
  return {
    async evaluate(step) {
      const metrics: Record<string, number> = {}
      if (validation.n > 0) {
        const evaluation = await evaluate(tf, network.model, loss, validation, options)
        Object.assign(metrics, evaluationMetrics(evaluation, 'val'))
        run.log(predictionMetrics(evaluation, 'val'), step)
        run.log(evaluationRecords(evaluation, { split: 'validation', classes: dataset.classes }), step)
      }
      if (subset.n > 0) {
        const { loss: mean, accuracy } = await evaluate(tf, network.model, loss, subset, options)
        if (mean !== null) metrics['train-eval/loss'] = mean
        if (accuracy !== null) metrics['train-eval/accuracy'] = accuracy
      }
      run.log(metrics, step)
      return metrics
    },
    async evaluateLast(step) {
      const metrics: Record<string, number> = {}
      for (const [rows, split, prefix] of [
        [validation, 'validation', 'val'],
        [test, 'test', 'test'],
      ] as const) {
        if (rows.n === 0) continue
        const evaluation = await evaluate(tf, network.model, loss, rows, { ...options, probabilities: true })
        Object.assign(metrics, evaluationMetrics(evaluation, prefix))
        const { [`confusion-matrix/${split}`]: matrix, ...curves } = evaluationRecords(evaluation, { split, classes: dataset.classes })
        run.log(prefix === 'test' && matrix ? { ...curves, [`confusion-matrix/${split}`]: matrix } : curves, step)
      }
      // What the validation split had at its evaluations is logged already; the best weights' figures belong to another step.
      run.log(Object.fromEntries(Object.entries(metrics).filter(([name]) => name.startsWith('test/'))), step)
      return metrics
    },
  }
}

/** @throws LossboardError `invalid_option` for a metric that this data does not give */
export function checkEvaluated({ dataset, config }: LabSession): void {
  const wanted: [string, EvaluationMetric][] = config.earlyStopping ? [['earlyStopping.metric', config.earlyStopping.metric]] : []
  if (config.checkpoints.keepBest > 0 && config.checkpoints.metric !== 'val/accuracy') wanted.push(['checkpoints.metric', config.checkpoints.metric])
  for (const [path, metric] of wanted) {
    const problem = notMeasured(metric, dataset.validation.n, config.train.trainEvaluationRows, dataset.classes.length)
    if (problem) throw new LossboardError('invalid_option', `${path} is ${metric}, but ${problem}`)
  }
}

function notMeasured(metric: EvaluationMetric, validation: number, subset: number, classes: number): string | null {
  if (metric.startsWith('val/') && validation === 0) return 'no examples are held out: set split.validation above 0'
  if (metric.startsWith('train-eval/') && subset === 0) return 'train.trainEvaluationRows is 0'
  if (metric === 'val/top-5-accuracy' && classes < 6) return `it is not measured for ${classes} classes`
  return null
}

/** A split as evaluations read it: never shuffled, never augmented. */
export function splitRows(
  { preprocessing, dataset, config }: Pick<LabSession, 'preprocessing' | 'dataset' | 'config'>,
  examples: Examples,
): BatchSource {
  const { batchSize } = config.train
  return makeBatches(examples, { preprocessing, augmentation: null, classes: dataset.classes.length, batchSize, orderSeed: 0, augmentationSeed: 0 })
}

/** `count` rows spread evenly over a source, which may be sorted by class: the same ones each time. */
export function spreadRows(source: EvaluationRows, count: number): EvaluationRows {
  const chosen = Int32Array.from({ length: count }, (_, index) => Math.floor((index * source.n) / count))
  return { n: count, shape: source.shape, rows: (positions) => source.rows(Int32Array.from(positions, (position) => chosen[position]!)) }
}
