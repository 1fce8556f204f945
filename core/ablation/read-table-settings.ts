import { DEFAULT_TABLE_SETTINGS, STUDY_COLUMNS, type TableSettings } from './table-settings.ts'

type Readers = { [Key in keyof TableSettings]: (value: unknown) => TableSettings[Key] | undefined }

const TEXT_MAX = 10_000
const LIST_MAX = 10_000

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.length <= TEXT_MAX ? value : undefined)
const textOrNull = (value: unknown): string | null | undefined => (value === null ? null : text(value))
const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined)

function oneOf<const Choices extends readonly unknown[]>(...choices: Choices): (value: unknown) => Choices[number] | undefined {
  return (value) => choices.find((choice) => choice === value)
}

/** A list of which every item is good: a half-read list would hide rows nobody chose to hide. */
function listOf<Item>(read: (value: unknown) => Item | undefined): (value: unknown) => Item[] | undefined {
  return (value) => {
    if (!Array.isArray(value) || value.length > LIST_MAX) return undefined
    const items = value.map(read)
    return items.some((item) => item === undefined) ? undefined : (items as Item[])
  }
}

function recordOf<Item>(read: (value: unknown) => Item | undefined): (value: unknown) => Record<string, Item> | undefined {
  return (value) => {
    if (!isObject(value)) return undefined
    const entries = Object.entries(value).map(([key, item]) => [key, read(item)] as const)
    return entries.some(([, item]) => item === undefined) ? undefined : (Object.fromEntries(entries) as Record<string, Item>)
  }
}

function group(value: unknown): TableSettings['groups'][number] | undefined {
  if (!isObject(value)) return undefined
  const [title, rows] = [text(value.title), listOf(text)(value.rows)]
  return title === undefined || rows === undefined ? undefined : { title, rows }
}

const READERS: Readers = {
  rows: listOf(text),
  hiddenRows: listOf(text),
  labels: recordOf(text),
  groups: listOf(group),
  form: oneOf('without', 'components'),
  baselinePosition: oneOf('first', 'last'),
  shadeBaseline: flag,
  metrics: listOf(text),
  columns: listOf(oneOf(...STUDY_COLUMNS)),
  spread: oneOf('sd', 'se', 'ci', 'bootstrap', 'min-max', 'none'),
  uncertaintyFigures: oneOf(1, 2),
  boldBest: flag,
  underlineSecond: flag,
  alpha: (value) => (typeof value === 'number' && value > 0 && value < 0.5 ? value : undefined),
  test: oneOf('auto', 'paired-t', 'welch', 'wilcoxon', 'sign-flip', 'none'),
  correction: oneOf('holm', 'bh', 'none'),
  compareTo: oneOf('auto', 'baseline', 'previous'),
  significanceMarks: oneOf('none', 'dagger', 'stars'),
  equivalenceMargins: recordOf((value) => (typeof value === 'number' && value > 0 && Number.isFinite(value) ? value : undefined)),
  caption: textOrNull,
  label: textOrNull,
  footnotes: listOf(text),
}

/**
 * Table settings from an address: what can be read, and the names of what cannot. Reading never fails; a setting that is nonsense counts
 * as not given.
 */
export function readTableSettings(json: string | null): { settings: Partial<TableSettings>; ignored: string[] } {
  if (json === null || json === '') return { settings: {}, ignored: [] }
  const value = parsed(json)
  if (!isObject(value)) return { settings: {}, ignored: ['settings'] }
  const settings: Record<string, unknown> = {}
  const ignored: string[] = []
  for (const [key, item] of Object.entries(value)) {
    const read = Object.hasOwn(READERS, key) ? READERS[key as keyof TableSettings](item) : undefined
    if (read === undefined) ignored.push(key.slice(0, 60))
    else settings[key] = read
  }
  return { settings: settings as Partial<TableSettings>, ignored }
}

/** The settings of `wanted` that differ from `base`. */
export function differingSettings(base: TableSettings, wanted: Partial<TableSettings>): Partial<TableSettings> {
  const keys = Object.keys(DEFAULT_TABLE_SETTINGS) as (keyof TableSettings)[]
  return Object.fromEntries(
    keys.filter((key) => wanted[key] !== undefined && !sameSetting(base[key], wanted[key])).map((key) => [key, wanted[key]]),
  ) as Partial<TableSettings>
}

/** By value; the order of keys does not count, that of lists does. */
export function sameSetting(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
