import { z } from 'zod'
import { LossboardError } from '../../../core/errors.ts'
import type { JsonObject } from '../../../core/run.ts'
import type { SourceData } from './data-source.ts'
import { allot } from './split.ts'

/** Options of all generated data. */
export const TOY_OPTIONS = {
  examples: z.int().min(10).max(10_000_000).default(1000).describe('Examples made, all classes and splits together.'),
  classShares: z
    .array(z.number().positive())
    .min(2)
    .optional()
    .describe('How common each class is, in relation to the others: [9, 1] makes one in ten of the second. Default: all alike.'),
}

export interface ToyPlan {
  source: string
  examples: number
  classes: number
  classShares: number[] | undefined
  features: number
  facts: JsonObject
}

/** Generated examples: `point` writes the features of example `index` of `count` of its class into `into`. */
export function makeToy(
  { source, examples, classes, classShares, features, facts }: ToyPlan,
  point: (label: number, index: number, count: number, into: Float32Array) => void,
): SourceData {
  if (classShares && classShares.length !== classes)
    throw new LossboardError('invalid_option', `data.classShares has ${classShares.length} numbers, there are ${classes} classes`)
  const counts = allotShares(classShares ?? new Array<number>(classes).fill(1), examples)
  const inputs = new Float32Array(examples * features)
  const labels = new Int32Array(examples)
  let row = 0
  counts.forEach((count, label) => {
    for (let index = 0; index < count; index++, row++) {
      labels[row] = label
      point(label, index, count, inputs.subarray(row * features, (row + 1) * features))
    }
  })
  return {
    classes: counts.map((_, label) => String(label)),
    train: { shape: [features], inputs, labels, n: examples },
    validation: null,
    test: null,
    facts: { source: `${source}, generated`, ...facts },
  }
}

/** Whole counts in these relations that add up to `examples`. */
function allotShares(shares: number[], examples: number): number[] {
  const counts = allot(shares, examples)
  const empty = counts.indexOf(0)
  if (empty >= 0) throw new LossboardError('invalid_option', `data.classShares leaves no example of class ${empty}: make more examples`)
  return counts
}
