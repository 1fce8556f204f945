import { type Examples, exampleSize, imageShape, unitOf } from '../data/examples.ts'

/** What is averaged together: each input by itself (`pixel`; a feature of a table), or all pixels of a channel. */
export type StatisticsPer = 'pixel' | 'channel'

export interface FeatureStatistics {
  mean: Float64Array
  /** Population standard deviation (divided by n). */
  std: Float64Array
}

/** How many groups the inputs of one example fall into; input `i` belongs to group `i % groups`. Tables have one group per feature. */
export function groupsOf(shape: readonly number[], per: StatisticsPer): number {
  const image = imageShape(shape)
  return per === 'channel' && image ? image[2] : exampleSize(shape)
}

/** Mean and standard deviation of each group over all examples. Two passes in double precision: exact enough far from zero too. */
export function featureStatistics(examples: Examples, groups: number): FeatureStatistics {
  const { inputs } = examples
  const unit = unitOf(inputs)
  const count = inputs.length / groups
  const mean = new Float64Array(groups)
  const std = new Float64Array(groups)
  for (let i = 0, group = 0; i < inputs.length; i++) {
    mean[group]! += inputs[i]!
    if (++group === groups) group = 0
  }
  for (let group = 0; group < groups; group++) mean[group]! /= count
  for (let i = 0, group = 0; i < inputs.length; i++) {
    const difference = inputs[i]! - mean[group]!
    std[group]! += difference * difference
    if (++group === groups) group = 0
  }
  for (let group = 0; group < groups; group++) {
    std[group] = Math.sqrt(std[group]! / count) * unit
    mean[group]! *= unit
  }
  return { mean, std }
}
