import { LossboardError } from '../../../core/errors.ts'
import { nearMatches } from '../../../core/near-matches.ts'
import type { SourceData } from './data-source.ts'
import { type Examples, selectExamples } from './examples.ts'

/** The source with the named classes only, numbered in the order they are named. */
export function keepClasses(source: SourceData, names: readonly string[]): SourceData {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) throw new LossboardError('invalid_option', `data.onlyClasses names "${twice}" twice`)
  const unknown = names.find((name) => !source.classes.includes(name))
  if (unknown !== undefined) {
    const [nearest] = nearMatches(unknown, source.classes, 1)
    const valid = source.classes.slice(0, 20).join(', ') + (source.classes.length > 20 ? ', …' : '')
    throw new LossboardError(
      'invalid_option',
      `data.onlyClasses: there is no class "${unknown}": ${nearest ? `did you mean "${nearest}"?` : `the classes are ${valid}`}`,
    )
  }
  const newLabel = source.classes.map((name) => names.indexOf(name))
  const keep = (examples: Examples): Examples => {
    const positions = Int32Array.from(examples.labels, (_, i) => i).filter((i) => newLabel[examples.labels[i]!]! >= 0)
    const kept = selectExamples(examples, positions)
    return { ...kept, labels: kept.labels.map((label) => newLabel[label]!) }
  }
  const all = [source.train, source.validation, source.test].reduce((sum, examples) => sum + (examples?.n ?? 0), 0)
  const [train, validation, test] = [keep(source.train), source.validation && keep(source.validation), source.test && keep(source.test)]
  const left = all - train.n - (validation?.n ?? 0) - (test?.n ?? 0)
  return { ...source, classes: [...names], train, validation, test, facts: { ...source.facts, leftOutOtherClasses: left } }
}
