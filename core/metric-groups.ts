import { splitOf } from './metric-name.ts'

/** One chart to draw: the metrics that share it. */
export interface MetricCard {
  /** Unique and stable: part of the URL. */
  key: string
  title: string
  /** Train first, then val, then test; one name when nothing pairs with it. */
  names: string[]
}

/** A collapsible section of cards: metrics that share the part of their name before the first `/`. */
export interface MetricGroup {
  /** '' for names without a group. */
  name: string
  cards: MetricCard[]
}

export type Split = 'train' | 'val' | 'test'

/** Order of lines in a card. */
const SPLIT_ORDER: Record<Split, number> = { train: 0, val: 1, test: 2 }
const PREFIX = /^(train|training|val|valid|validation|eval|test)[_-]([^/]+)$/i
const SUFFIX = /^(?:([^/]+)[_-]|(.+)\/)(train|training|val|valid|validation|eval|test)$/i
/** Groups whose leaf is the name of a layer or a machine part, where `test` or `val` says nothing about data. */
const NOT_DATA =
  /^(system|update-ratio|update-ratio-histogram|gradient-norm|dead-fraction|saturated-fraction|activation(-mean|-std)?|batch-norm-(mean|variance)|twin-units|non-finite-(weights|gradients)|weight)\//i

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Natural order: `layer2` before `layer10`; equal but for case falls back to code units, so that the order never depends on the input's. */
export function naturalCompare(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}

/**
 * The data split a metric belongs to, in any of the common spellings: `val/loss`, `val_loss`, `Loss/val`, `loss_val`.
 * Null when the name holds none.
 */
export function metricSplit(name: string): { split: Split; metric: string } | null {
  const bySlash = splitOf(name)
  if (bySlash) return bySlash
  if (NOT_DATA.test(name)) return null
  const prefix = PREFIX.exec(name)
  if (prefix) return asSplit(prefix[1], prefix[2])
  const suffix = SUFFIX.exec(name)
  if (suffix) return asSplit(suffix[3], suffix[1] ?? suffix[2])
  return null
}

function asSplit(word: string | undefined, metric: string | undefined): { split: Split; metric: string } | null {
  return word && metric ? splitOf(`${word}/${metric}`) : null
}

/** Section of metrics that carry a data split. */
const SPLIT_GROUP = 'train / val'

/**
 * Turns metric names into chart cards: train, val and test of one metric share a card, everything else stands alone,
 * sections follow the part before the first `/`, both in natural order. Keras' unmarked `loss` joins `val_loss`.
 * @param names metric names in any order; repeats count once
 */
export function groupMetrics(names: Iterable<string>): MetricGroup[] {
  const unique = [...new Set(names)].sort(naturalCompare)
  const known = new Set(unique)
  const cards = new Map<string, MetricCard & { group: string }>()
  for (const name of unique) {
    const split = metricSplit(name) ?? unmarkedTrain(name, known)
    const key = split ? `split:${split.metric}` : name
    const slash = name.indexOf('/')
    const group = split ? SPLIT_GROUP : slash < 0 ? '' : name.slice(0, slash)
    const card = cards.get(key) ?? { key, title: split ? split.metric : name, names: [], group }
    card.names.push(name)
    cards.set(key, card)
  }
  const groups = new Map<string, MetricCard[]>()
  for (const { group, ...card } of cards.values()) {
    card.names.sort((a, b) => splitRank(a) - splitRank(b) || naturalCompare(a, b))
    if (card.names.length === 1) card.title = card.names[0] ?? card.title
    groups.set(group, [...(groups.get(group) ?? []), card])
  }
  return [...groups]
    .sort(([a], [b]) => sectionRank(a) - sectionRank(b) || naturalCompare(a, b))
    .map(([name, list]) => ({ name, cards: list.sort((a, b) => naturalCompare(a.title, b.title)) }))
}

/** `loss` is Keras' training loss when `val_loss` stands beside it. */
function unmarkedTrain(name: string, known: ReadonlySet<string>): { split: Split; metric: string } | null {
  if (name.includes('/')) return null
  return known.has(`val_${name}`) || known.has(`test_${name}`) ? { split: 'train', metric: name } : null
}

function splitRank(name: string): number {
  const split = metricSplit(name)
  return split ? SPLIT_ORDER[split.split] : 0
}

/** Results first, then names without a group, then the rest by name; what the machine did comes last. */
function sectionRank(group: string): number {
  if (group === SPLIT_GROUP) return 0
  if (group === '') return 1
  return group === 'system' ? 3 : 2
}
