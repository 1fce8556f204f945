import { ACCURACY_NAMES, ERROR_RATE_NAMES, LOSS_NAMES } from './metric-words.ts'
import type { Assignment, LayerRole, Role, RoleScale, RunRole } from './role.ts'
import { splitWords } from './split-words.ts'

/** What Lossboard's own trainers write, in full: never guessed. */
const OWN: Record<string, RunRole> = {
  'train/epoch-loss': 'train-epoch-loss',
  'train/epoch-accuracy': 'train-epoch-accuracy',
  'train-eval/loss': 'train-eval-loss',
  'train-eval/accuracy': 'train-eval-accuracy',
  'train/penalty': 'penalty',
  'train/data-loss': 'data-loss',
  'gradient-norm/global': 'gradient-norm',
  'gradient-norm/data': 'data-gradient-norm',
  'gradient-norm/penalty': 'penalty-gradient-norm',
  'train/penalty-gradient-norm': 'penalty-gradient-norm',
  'val/most-predicted-share': 'most-predicted-share',
  'val/lowest-recall': 'lowest-recall',
  'weight-norm/global': 'weight-norm',
  'twin-units/highest': 'highest-twin-units',
  clipped: 'clipped',
  'same-batch/training-mode-loss': 'same-batch-train-loss',
  'same-batch/inference-mode-loss': 'same-batch-inference-loss',
  'input/mean': 'input-mean',
  'input/std': 'input-std',
  'input/min': 'input-min',
  'input/max': 'input-max',
  'input/not-finite': 'input-not-finite',
}

/** Prefix → role of a layer; what follows the slash is the layer's name. */
const OWN_LAYERS: Record<string, LayerRole> = {
  'update-ratio': 'update-ratio',
  'update-ratio-histogram': 'update-ratio-median',
  'lost-update': 'lost-update',
  'gradient-norm': 'layer-gradient-norm',
  'dead-fraction': 'dead-fraction',
  'saturated-fraction': 'saturated-fraction',
  'saturated-units': 'saturated-units',
  'activation-mean': 'activation-mean',
  'activation-std': 'activation-std',
  'batch-norm-mean': 'batch-norm-mean',
  'batch-norm-variance': 'batch-norm-variance',
  'twin-units': 'twin-units',
  'non-finite-weights': 'non-finite-weights',
  'non-finite-gradients': 'non-finite-gradients',
}

const LEARNING_RATE = /(^|[/_. -])(lr|learning[_ -]?rate)(?![a-z])/i
/** What is logged beside a learning rate and is none. */
const NOT_A_RATE = /momentum|weight[_ -]?decay|finder|find|reduc|factor|mult|scale|patience|beta/i
const GRADIENT_NORM =
  /^(train(ing)?[/_])?(global[_-]?)?(gnorm|grad(ient)?s?[_-]?(2(\.0)?[_-])?(global[_-]?|total[_-]?)?norm)([_/-](total|global|all|2|l2))?$/i
const LAYER_GRADIENT_NORM = /^(?:train(?:ing)?\/)?(?:grad(?:ient)?s?[_-](?:2(?:\.0)?[_-])?norm|grad(?:ient)?_2(?:\.0)?_norm)s?\/(.+)$/i
/** Of gradients: `clip_fraction` alone is that of PPO's objective. */
const CLIPPED = /^(train[/_])?(clipped|clip[_-]?rate|grad(ient)?s?[_-]clip(ped|[_-]?(rate|frac(tion)?))?)$/i
const EPOCH = /^((train|training|trainer)[/_])?epochs?$/i
const PENALTY =
  /^((train|training)[/_])?((l1|l2|weight[_-]?decay|reg(ulari[sz]ation|ularizer)?)([_-]?(loss|penalty|term))?|penalty|penalties|loss[_/-]reg)$/i
const DATA_LOSS = /^((train|training)[/_])?(data|task|unregulari[sz]ed)[_-]loss$/i
const NOT_TRAINING = /^(system|gpu|cpu|sys|time|timing|perf|histogram|filters|finding)[/_.]/i

const SPLIT_RANK = { train: 0, val: 0, test: 0 } as const

/**
 * What a series means, by the names people use: Lossboard's own, Keras' `val_loss` and `epoch_loss`, TensorBoard's `Loss/train`,
 * Lightning's `train_loss_step` and `lr-Adam/pg1`, Hugging Face's `eval/loss` and `train/grad_norm`. Null when the name does not tell:
 * a rule rather lacks a series than reads the wrong one.
 */
export function recognise(name: string): Assignment | null {
  const own = OWN[name]
  if (own) return { role: own, layer: null, scale: 'as-is', rank: 1 }
  const slash = name.indexOf('/')
  const layerRole = slash > 0 && Object.hasOwn(OWN_LAYERS, name.slice(0, slash)) ? OWN_LAYERS[name.slice(0, slash)] : undefined
  if (layerRole) return { role: layerRole, layer: name.slice(slash + 1), scale: 'as-is', rank: 1 }
  if (NOT_TRAINING.test(name)) return null
  if (LEARNING_RATE.test(name)) return NOT_A_RATE.test(name) ? null : { role: 'learning-rate', layer: null, scale: 'as-is', rank: 2 }
  if (GRADIENT_NORM.test(name)) return { role: 'gradient-norm', layer: null, scale: 'as-is', rank: 2 }
  const layer = LAYER_GRADIENT_NORM.exec(name)?.[1]
  if (layer) return { role: 'layer-gradient-norm', layer, scale: 'as-is', rank: 2 }
  if (CLIPPED.test(name)) return { role: 'clipped', layer: null, scale: 'as-is', rank: 2 }
  if (EPOCH.test(name)) return { role: 'epoch', layer: null, scale: 'as-is', rank: 2 }
  if (DATA_LOSS.test(name)) return { role: 'data-loss', layer: null, scale: 'as-is', rank: 2 }
  if (PENALTY.test(name)) return { role: 'penalty', layer: null, scale: 'as-is', rank: 2 }
  return recogniseMetric(name)
}

function recogniseMetric(name: string): Assignment | null {
  const { split, metric, granularity, inferenceMode } = splitWords(name)
  const loss = LOSS_NAMES.indexOf(metric)
  const accuracy = ACCURACY_NAMES.indexOf(metric)
  const error = ERROR_RATE_NAMES.indexOf(metric)
  const found = loss >= 0 ? 'loss' : accuracy >= 0 || error >= 0 ? 'accuracy' : null
  if (found === null) return null
  const scale: RoleScale = found === 'accuracy' && accuracy < 0 ? 'complement' : 'as-is'
  // A name that says its split goes before one that does not; then the order of the lists.
  const rank = 2 + Math.max(loss, accuracy, error) * 2 + (split === null ? 1 : SPLIT_RANK[split]) + (scale === 'complement' ? 50 : 0)
  const of = (role: Role): Assignment => ({ role, layer: null, scale, rank })
  if (split === 'val') return of(`val-${found}`)
  if (split === 'test') return of(`test-${found}`)
  if (inferenceMode) return of(`train-eval-${found}`)
  return of(granularity === 'epoch' ? `train-epoch-${found}` : `train-${found}`)
}
