import { type Examples, exampleSize } from './examples.ts'

/** Puts the mean of the training split in place of every NaN, in place; counts how many by feature. A feature without any value is 0. */
export function imputeMeans(splits: { train: Examples; validation: Examples; test: Examples }, features: readonly string[]): Record<string, number> {
  const size = exampleSize(splits.train.shape)
  const sums = new Float64Array(size)
  const present = new Float64Array(size)
  splits.train.inputs.forEach((value, i) => {
    if (Number.isNaN(value)) return
    sums[i % size]! += value
    present[i % size]!++
  })
  const filled: Record<string, number> = {}
  for (const { inputs } of Object.values(splits))
    for (let i = 0; i < inputs.length; i++) {
      if (!Number.isNaN(inputs[i]!)) continue
      const feature = i % size
      inputs[i] = present[feature]! > 0 ? sums[feature]! / present[feature]! : 0
      const name = features[feature] ?? `feature ${feature}`
      filled[name] = (filled[name] ?? 0) + 1
    }
  return filled
}
