/** What a series means to the rules. A new role is one line here; what it is recognised by is in `recognise.ts`. */
export const RUN_ROLES = {
  'train-loss': 'loss of the training batches, in training mode',
  'train-epoch-loss': 'mean training loss over an epoch',
  'train-eval-loss': 'loss on training examples, in inference mode',
  'val-loss': 'validation loss',
  'test-loss': 'test loss',
  'train-accuracy': 'accuracy on the training batches, in training mode',
  'train-epoch-accuracy': 'mean training accuracy over an epoch',
  'train-eval-accuracy': 'accuracy on training examples, in inference mode',
  'val-accuracy': 'validation accuracy',
  'test-accuracy': 'test accuracy',
  'data-loss': 'loss without penalties',
  penalty: 'what regularization adds to the loss',
  'learning-rate': 'learning rate in force',
  'gradient-norm': 'L2 norm of the whole gradient',
  'data-gradient-norm': 'L2 norm of the gradient of the data loss',
  'penalty-gradient-norm': 'L2 norm of the gradient of the penalty',
  clipped: '1 where the gradient was clipped, 0 where not; or the share',
  'same-batch-train-loss': 'loss of one training batch in training mode',
  'same-batch-inference-loss': 'loss of the same batch in inference mode',
  'input-mean': 'mean of the inputs of a batch',
  'input-std': 'standard deviation of the inputs of a batch',
  'input-min': 'smallest input of a batch',
  'input-max': 'largest input of a batch',
  'input-not-finite': 'inputs of a batch that are NaN or infinite',
  'most-predicted-share': 'largest share of one class among the predictions on the validation split',
  'lowest-recall': 'lowest recall of a class on the validation split',
  'weight-norm': 'L2 norm of all weights, or of all kernels',
  'highest-twin-units': 'share of units with a twin in the layer where it is highest',
  epoch: 'epoch, may be a fraction',
} as const

/** Roles that each layer has a series of. */
export const LAYER_ROLES = {
  'update-ratio': 'L2 of the update over L2 of the weights',
  'update-ratio-median': 'median of the element-wise ratios, read off histograms',
  'lost-update': 'share of updates that rounding swallowed',
  'layer-gradient-norm': 'L2 norm of the gradient of the layer’s kernel',
  'dead-fraction': 'share of units that are 0 for every probe row',
  'saturated-fraction': 'share of saturated values',
  'saturated-units': 'share of units of which more than half of the values are saturated',
  'activation-mean': 'mean of the activations',
  'activation-std': 'standard deviation of the activations',
  'batch-norm-mean': 'running mean of a batch norm, averaged over the channels',
  'batch-norm-variance': 'running variance of a batch norm, averaged over the channels',
  'twin-units': 'share of units whose incoming weights are those of another unit of the layer',
  'non-finite-weights': 'weights of a tensor that are NaN or infinite, where it was first seen',
  'non-finite-gradients': 'elements of a gradient that are NaN or infinite, where it was first seen',
} as const

export type RunRole = keyof typeof RUN_ROLES
export type LayerRole = keyof typeof LAYER_ROLES
export type Role = RunRole | LayerRole

export function isLayerRole(role: Role): role is LayerRole {
  return Object.hasOwn(LAYER_ROLES, role)
}

/** How the values of a series become those of its role. `complement`: an error rate is an accuracy read from above. */
export type RoleScale = 'as-is' | 'complement'

/** What a series was taken for. */
export interface Assignment {
  role: Role
  /** Null for a role of the whole run. */
  layer: string | null
  scale: RoleScale
  /** Of several series with one role the lowest is read; 0 is what somebody said in the mapping. */
  rank: number
}

/** What a person says a name means: a role, `update-ratio:<layer>` for a layer's, or `ignore`. */
export type RoleMapping = Readonly<Record<string, Role | 'ignore' | `${LayerRole}:${string}`>>
