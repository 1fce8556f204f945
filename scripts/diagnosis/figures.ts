import type { Smoothing } from '../../core/chart.ts'
import type { RuleId } from '../../core/diagnosis/rule-names.ts'

/** What the page of a diagnosis shows of one generated run. */
export interface DiagnosisFigure {
  recipe: string
  title: string
  /** Series drawn; `name/*` is every layer's, without the global one. */
  series: readonly string[]
  smoothing: Smoothing
  logY: boolean
}

const none: Smoothing = { kind: 'none' }
const noise: Smoothing = { kind: 'mean', window: 15 }

const figure = (
  recipe: string,
  title: string,
  series: readonly string[],
  { smoothing = none, logY = false }: Partial<DiagnosisFigure> = {},
): DiagnosisFigure => ({
  recipe,
  title,
  series,
  smoothing,
  logY,
})

export const DIAGNOSIS_FIGURES: Record<RuleId, DiagnosisFigure> = {
  D01: figure('flipped-gradient', 'Training loss', ['train/loss'], { logY: true }),
  D02: figure('flipped-gradient', 'Training loss', ['train/loss'], { smoothing: noise }),
  D03: figure('output-bias', 'Training loss', ['train/loss']),
  D04: figure('far-from-zero', 'Inputs as they reach the network', ['input/mean', 'input/std', 'input/min', 'input/max']),
  D05: figure('layer-left-out-of-the-optimizer', 'Update ratio by layer', ['update-ratio/*']),
  D06: figure('sgd', 'Update ratio by layer', ['update-ratio/*'], { logY: true }),
  D07: figure('sgd', 'Update ratio by layer', ['update-ratio/*'], { logY: true }),
  D08: figure('rate-spike', 'Share of dead units by layer', ['dead-fraction/*']),
  D09: figure('wide-tanh', 'Share of saturated units by layer', ['saturated-units/*']),
  D10: figure('deep-sigmoid', 'Gradient norm by layer', ['gradient-norm/*'], { logY: true }),
  D11: figure('bursts', 'Gradient norm', ['gradient-norm/global'], { logY: true }),
  D12: figure('narrow-initial-weights', 'Training loss', ['train/loss'], { smoothing: noise }),
  D13: figure('constant-weights', 'Training loss', ['train/loss'], { smoothing: noise }),
  D14: figure('all-units-off', 'Training loss', ['train/loss'], { smoothing: noise }),
  D15: figure('outlier-batches', 'Training loss', ['train/loss'], { logY: true }),
  D16: figure('constant-high-rate', 'Training loss', ['train/loss'], { smoothing: { kind: 'mean', window: 51 } }),
  D17: figure('step-decay', 'Training loss', ['train/loss'], { smoothing: noise }),
  D18: figure('stopped-too-soon', 'Validation accuracy', ['val/accuracy']),
  D19: figure('few-examples', 'Training and validation loss', ['val/loss', 'train-eval/loss']),
  D20: figure('linear-on-spirals', 'Training and validation accuracy', ['train-eval/accuracy', 'val/accuracy']),
  D21: figure('statistics-not-updated', 'Loss of the same batch', ['same-batch/inference-mode-loss', 'same-batch/training-mode-loss']),
  D22: figure('validation-labels-out-of-order', 'Training and validation accuracy', ['train-eval/accuracy', 'val/accuracy']),
  D23: figure('rare-class', 'Accuracy, largest share of predictions, lowest recall', [
    'val/accuracy',
    'val/most-predicted-share',
    'val/lowest-recall',
  ]),
  D24: figure('weight-decay', 'Loss of the data, and penalty', ['train/loss', 'train/penalty'], { smoothing: noise, logY: true }),
  D25: figure('sgd', 'Gradient norm before clipping', ['gradient-norm/global'], { logY: true }),
  D26: figure('no-row-for-long', 'Training loss', ['train/loss']),
  D27: figure('tiny-batches', 'Validation loss', ['val/loss']),
  D28: figure('labels-change-every-epoch', 'Training accuracy', ['train-eval/accuracy']),
}
