import { naturalCompare } from './metric-groups.ts'
import type { Json, JsonObject } from './run.ts'

/** One config key over several runs; `undefined` where a run does not have it. */
export interface ConfigRow {
  key: string
  values: (Json | undefined)[]
  differs: boolean
}

export interface ConfigDiff {
  /** Natural order of keys. */
  rows: ConfigRow[]
  differing: number
  same: number
}

/**
 * Nested objects as one level of dotted keys. Arrays stay whole: a list of layer widths is one setting, not many.
 * A key that itself holds a dot or a quote is written in quotes, so that no two paths become the same key.
 */
export function flattenConfig(config: JsonObject): Map<string, Json> {
  const flat = new Map<string, Json>()
  const walk = (value: Json, path: string) => {
    if (value !== null && typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0)
      for (const [key, item] of Object.entries(value)) walk(item, path === '' ? keyPart(key) : `${path}.${keyPart(key)}`)
    else if (path !== '') flat.set(path, value)
  }
  walk(config, '')
  return flat
}

/** One key as a part of a dotted path. */
export function keyPart(key: string): string {
  return key === '' || /[."]/.test(key) ? JSON.stringify(key) : key
}

/** Text that is equal exactly when two values are: the order of an object's keys does not count, 1 and "1" differ. */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
}

/** Compares configs key by key over any number of runs. A key that some runs lack differs, also from an explicit null. */
export function configDiff(configs: readonly JsonObject[]): ConfigDiff {
  const flat = configs.map(flattenConfig)
  const keys = [...new Set(flat.flatMap((one) => [...one.keys()]))].sort(naturalCompare)
  const rows = keys.map((key): ConfigRow => {
    const values = flat.map((one) => one.get(key))
    const first = signature(values[0])
    return { key, values, differs: values.some((value) => signature(value) !== first) }
  })
  const differing = rows.filter((row) => row.differs).length
  return { rows, differing, same: rows.length - differing }
}

function signature(value: Json | undefined): string | null {
  return value === undefined ? null : canonicalJson(value)
}

/** A config value on one line, as a table shows it: strings bare unless that would read as another type. */
export function configText(value: Json | undefined): string {
  if (value === undefined) return '–'
  if (typeof value !== 'string') return JSON.stringify(value)
  const readsAsOther = value === '' || value === '–' || /^\s|\s$/.test(value) || /^(true|false|null|-?\d+(\.\d+)?(e[+-]?\d+)?)$/i.test(value)
  return readsAsOther ? JSON.stringify(value) : value
}
