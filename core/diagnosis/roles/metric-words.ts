/** Words of a metric's name, split and filler taken away, that make it a loss: the likeliest to be the one that is trained on first. */
export const LOSS_NAMES = [
  'loss',
  'total_loss',
  'loss_total',
  'objective',
  'cross_entropy',
  'cross_entropy_loss',
  'loss_cross_entropy',
  'loss_ce',
  'ce_loss',
  'xent',
  'ce',
  'nll_loss',
  'nll',
  'lm_loss',
  'logloss',
  'log_loss',
  'bce_loss',
  'bce',
  'mse_loss',
  'mse',
  'cost',
]

export const ACCURACY_NAMES = [
  'accuracy',
  'acc',
  'categorical_accuracy',
  'sparse_categorical_accuracy',
  'binary_accuracy',
  'multiclass_accuracy',
  'top1',
  'top_1',
  'acc1',
  'acc_1',
  'acc_top1',
  'accuracy_top1',
  'accuracy_top_1',
  'top1_acc',
  'top1_accuracy',
  'top_1_accuracy',
  'prec1',
  'accuracy_score',
]

/** Shares of wrong answers: accuracy read from above. */
export const ERROR_RATE_NAMES = ['error', 'error_rate', 'err', 'top1_error', 'top1_err', 'classification_error']
