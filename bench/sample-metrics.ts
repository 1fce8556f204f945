/** Ten metrics as a real training logs them: float32 losses, one full double, a schedule, an accuracy of four decimals, an integer. */
export const SAMPLE_METRICS = [
  'train/loss',
  'train/data-loss',
  'train/penalty',
  'val/loss',
  'gradient-norm/global',
  'update-ratio/conv1',
  'noise',
  'lr',
  'train/accuracy',
  'epoch',
] as const

/** Deterministic value of metric `index` at `step`. */
export function sampleValue(index: number, step: number): number {
  const wobble = Math.sin(step * 12.9898 + index * 78.233) * 43758.5453
  const noise = wobble - Math.floor(wobble)
  if (index < 6) return Math.fround(2.3 * Math.exp(-step / 50_000) + 0.3 * noise)
  if (index === 6) return noise
  if (index === 7) return 1e-3 * (1 + Math.cos((Math.PI * (step % 100_000)) / 100_000))
  if (index === 8) return Math.round(1e4 * (1 - Math.exp(-step / 30_000))) / 1e4
  return Math.floor(step / 1000)
}
