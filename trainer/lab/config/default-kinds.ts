/** What a part with kinds is when the config does not say: also when it gives options of that part but no kind. */
export const DEFAULT_KINDS = {
  preprocess: 'standardise',
  loss: 'softmax-cross-entropy',
  optimizer: 'adam',
  schedule: 'constant',
} as const
