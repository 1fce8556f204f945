import { buildDesign, type DesignSpec, type MergeConfig } from '../../core/ablation/design.ts'
import type { StudyDefinition, StudyMetric } from '../../core/ablation/study.ts'
import { describe } from '../../core/kinds/check.ts'
import { checkMetricName } from '../../core/metric-name.ts'
import { nearMatches } from '../../core/near-matches.ts'
import type { Json, JsonObject } from '../../core/run.ts'
import { storeFile } from '../../db/store-file.ts'
import { toJsonObject } from '../to-json.ts'
import type { AblateMetric, AblateOptions } from './ablate-options.ts'
import { checkAggregate, checkCount, checkSeeds, checkStudyKeys, problem } from './check-study.ts'

/** A study as it is to be run. */
export interface StudyPlan {
  definition: StudyDefinition & { seeds: number[] }
  aliases: string[][]
  /** Path of the store. */
  location: string
  retries: number
  parallel: number
  timeoutMs: number | null
  restart: boolean
  quiet: boolean
}

export const ABLATE_KEYS = [
  ...['name', 'project', 'base', 'without', 'with', 'cumulative', 'sweep', 'grid', 'fractional', 'seeds', 'metrics'],
  ...['retries', 'parallel', 'timeout', 'dir', 'restart', 'quiet'],
] as const

const PARALLEL_MAX = 256
/** More cells than anybody trains; a slip of the pen makes more quickly. */
const CELLS_MAX = 10_000

/** Checks a declaration and makes the study of it. @throws LossboardError `invalid_option`, naming the key */
export function planStudy(options: AblateOptions, merge?: MergeConfig): StudyPlan {
  const given: unknown = options
  if (typeof given !== 'object' || given === null) throw problem(`give { name, base, without, seeds, metrics }, got ${describe(given)}`)
  checkStudyKeys(given, ABLATE_KEYS)
  const { name, project = process.env.LOSSBOARD_PROJECT || 'default', restart = false, quiet = false } = options
  for (const [key, value] of Object.entries({ name, project }))
    if (typeof value !== 'string' || value.trim() === '' || value.length > 250)
      throw problem(`${key} must be a text of 1 to 250 characters, got ${describe(value)}`, key)
  const { aliases, ...design } = buildDesign(readSpec(options), merge)
  const seeds = checkSeeds(options.seeds)
  const cells = design.variants.length * seeds.length
  if (cells > CELLS_MAX)
    throw problem(`${design.variants.length} variants × ${seeds.length} seeds are ${cells} runs: at most ${CELLS_MAX} can be a study`)
  return {
    definition: { ...design, name: name.trim(), project, origin: 'declared', metrics: readMetrics(options.metrics), seeds, ignored: ['seed'] },
    aliases,
    location: storeFile(options.dir),
    retries: checkCount('retries', options.retries ?? 1, 0, 100),
    parallel: checkCount('parallel', options.parallel ?? 1, 1, PARALLEL_MAX),
    timeoutMs: options.timeout === undefined ? null : checkTimeout(options.timeout) * 1000,
    restart,
    quiet,
  }
}

function checkTimeout(seconds: unknown): number {
  if (typeof seconds === 'number' && seconds > 0 && seconds < 2_000_000) return seconds
  throw problem(`timeout must be a number of seconds above 0, got ${describe(seconds)}`, 'timeout')
}

function readSpec(options: AblateOptions): DesignSpec {
  const base = toJsonObject(options.base, 'base')
  const { seed: _, ...rest } = base
  const changes = (key: 'without' | 'with' | 'cumulative') => options[key] && { [key]: named(options[key], key) }
  const values = (key: 'sweep' | 'grid') => options[key] && { [key]: valueLists(options[key], key) }
  const { fractional } = options
  if (fractional !== undefined) {
    if (typeof fractional !== 'object' || fractional === null || !Array.isArray(fractional.generators))
      throw problem("fractional must be { factors: { … }, generators: ['D=ABC'] }", 'fractional')
    checkStudyKeys(fractional, ['factors', 'generators'], 'fractional')
  }
  return {
    base: rest,
    ...changes('without'),
    ...changes('with'),
    ...changes('cumulative'),
    ...values('sweep'),
    ...values('grid'),
    ...(fractional && { fractional: { factors: named(fractional.factors, 'fractional.factors'), generators: fractional.generators.map(String) } }),
  }
}

/** `{ name: changes }`, with what makes no study refused early. */
function named(given: unknown, key: string): Record<string, JsonObject> {
  const all = toJsonObject(given, key)
  for (const [name, changes] of Object.entries(all)) {
    if (changes === null || typeof changes !== 'object' || Array.isArray(changes))
      throw problem(`${key}.${name} must be the settings to change, such as { ${name}: false }, got ${describe(changes)}`, key, name)
    if (Object.keys(changes).length === 0) throw problem(`${key}.${name} changes nothing: it is empty`, key, name)
    if ('seed' in changes) throw problem(`${key}.${name} sets seed: the seeds of all variants stand in seeds`, key, name)
  }
  return all as Record<string, JsonObject>
}

function valueLists(given: unknown, key: string): Record<string, Json[]> {
  const all = toJsonObject(given, key)
  for (const [path, values] of Object.entries(all)) {
    if (!Array.isArray(values)) throw problem(`${key}.${path} must be an array of values, got ${describe(values)}`, key, path)
    if (path === 'seed') throw problem(`${key} varies seed: the seeds of all variants stand in seeds`, key, path)
  }
  return all as Record<string, Json[]>
}

const METRIC_KEYS = ['goal', 'unit', 'digits', 'label', 'aggregate']

function readMetrics(given: unknown): StudyMetric[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw problem(`metrics must be { 'test/accuracy': { goal: 'max' } }, got ${describe(given)}`, 'metrics')
  const entries = Object.entries(given as Record<string, AblateMetric>)
  if (entries.length === 0) throw problem('metrics is empty: name at least one, such as { "test/accuracy": { goal: "max" } }', 'metrics')
  return entries.map(([name, metric]) => {
    checkMetricName(name)
    const where = `metrics["${name}"]`
    if (typeof metric !== 'object' || metric === null)
      throw problem(`${where} must be { goal: 'max' } or { goal: 'min' }, got ${describe(metric)}`, 'metrics', name)
    checkStudyKeys(metric, METRIC_KEYS, 'metrics', name)
    const { goal, unit = null, digits = 'uncertainty', label = null, aggregate = { kind: 'last' } } = metric
    if (goal !== 'min' && goal !== 'max') {
      const [near] = nearMatches(String(goal), ['min', 'max'], 1)
      throw problem(
        `${where} needs goal: "max" when higher is better, "min" when lower is, got ${describe(goal)}${near ? `; did you mean "${near}"?` : ''}`,
        'metrics',
        name,
      )
    }
    if (digits !== 'uncertainty' && !(Number.isInteger(digits) && digits >= 0 && digits <= 12))
      throw problem(`${where}.digits must be 0 to 12 or "uncertainty", got ${describe(digits)}`, 'metrics', name)
    for (const [key, text] of Object.entries({ unit, label }))
      if (text !== null && (typeof text !== 'string' || text.length > 250))
        throw problem(`${where}.${key} must be a text, got ${describe(text)}`, 'metrics', name)
    return { name, label, goal, unit, digits, aggregate: checkAggregate(aggregate, name) }
  })
}
