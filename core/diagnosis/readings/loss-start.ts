import type { RoleSeries, RunView } from '../run-view.ts'
import { chanceOf } from './chance.ts'

const FIRST = 5

/** Mean of the first five losses that are finite; NaN without any. */
export function lossStart({ sketch }: Pick<RoleSeries, 'sketch'>): number {
  const values = sketch.ends.first.value.filter(Number.isFinite).slice(0, FIRST)
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/**
 * What is much for a loss: where it began, or what guessing gives where that is more. A training that starts from trained weights begins
 * near 0, and then everything is many times its start.
 */
export function lossScale(run: RunView, series: RoleSeries): number {
  const start = Math.abs(lossStart(series))
  const chance = chanceOf(run.facts)
  if (chance) return Math.max(start, Math.min(...chance.losses))
  // With an accuracy beside it the loss is one of probabilities, over two classes at least.
  return run.valAccuracy || run.series('train-accuracy', 'train-epoch-accuracy') ? Math.max(start, Math.LN2) : start
}
