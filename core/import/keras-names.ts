/** Keras' `val_accuracy` and `accuracy` as the two sides of one metric: `val/accuracy` and `train/accuracy`. `lr` belongs to neither. */
export function kerasMetricName(name: string): string {
  if (/^(lr|learning_rate)$/.test(name)) return 'lr'
  if (name.includes('/')) return name
  return name.startsWith('val_') ? `val/${name.slice(4)}` : `train/${name}`
}
