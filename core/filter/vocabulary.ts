import { nearMatches } from '../near-matches.ts'
import type { Goal } from '../run.ts'
import { type Field, RUN_FIELDS, runFieldNamed } from '../run-fields/field.ts'
import type { FieldName } from './syntax.ts'

/** The names a filter may use: what the runs at hand have. */
export interface Vocabulary {
  configKeys: ReadonlySet<string>
  /** Metric names with their goal: `best(…)` needs it. */
  metrics: ReadonlyMap<string, Goal | null>
}

/**
 * The field a name means: a field of the run, else a metric (its last value), else a config key; `config.` says so outright.
 * Otherwise a message naming what comes near.
 */
export function resolveField(name: FieldName, vocabulary: Vocabulary): Field | { unknown: string } {
  if (name.figure) return resolveFigure(name, name.figure, vocabulary)
  const runField = runFieldNamed(name.text)
  if (runField) return { kind: 'run', name: runField }
  if (name.text.startsWith('config.')) {
    const key = configKey(name.text.slice(7), name.raw.slice(7), vocabulary)
    return key === null ? { unknown: unknown('config key', name.text.slice(7), [...vocabulary.configKeys]) } : { kind: 'config', key }
  }
  if (vocabulary.metrics.has(name.text)) return { kind: 'metric', name: name.text, figure: 'last' }
  const key = configKey(name.text, name.raw, vocabulary)
  if (key !== null) return { kind: 'config', key }
  const names = [...Object.keys(RUN_FIELDS), ...vocabulary.metrics.keys(), ...[...vocabulary.configKeys].map((known) => `config.${known}`)]
  return { unknown: unknown('field, metric or config key', name.text, names) }
}

function resolveFigure(name: FieldName, figure: NonNullable<FieldName['figure']>, vocabulary: Vocabulary): Field | { unknown: string } {
  const goal = vocabulary.metrics.get(name.text)
  if (goal === undefined) return { unknown: unknown('metric', name.text, [...vocabulary.metrics.keys()]) }
  if (figure !== 'best') return { kind: 'metric', name: name.text, figure }
  if (goal === null) return { unknown: `whether high or low is best is not known for "${name.text}": write min(${name.raw}) or max(${name.raw})` }
  return { kind: 'metric', name: name.text, figure: goal }
}

function configKey(text: string, raw: string, vocabulary: Vocabulary): string | null {
  if (vocabulary.configKeys.has(raw)) return raw
  return vocabulary.configKeys.has(text) ? text : null
}

function unknown(what: string, name: string, candidates: string[]): string {
  const near = nearMatches(name, candidates)
  return `these runs have no ${what} "${name}"${near.length > 0 ? `; did you mean ${near.join(', ')}?` : ''}`
}
