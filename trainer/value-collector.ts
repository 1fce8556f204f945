import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'
import { checkMetricName } from '../core/metric-name.ts'
import { isPlainObject } from '../core/plain-json.ts'
import { isRecordValue, type RecordValue } from './record-value.ts'

/** One call's values, flattened: `count` pairs (series, value) in `pairs`, and what is not a number in `records`. */
export class ValueCollector {
  readonly #ids = new Map<string, number>()
  readonly #recordNames = new Set<string>()
  pairs = new Float64Array(128)
  count = 0
  records: { name: string; value: RecordValue }[] = []

  /** @param announce tells the worker about a new series, before its first point */
  constructor(readonly announce: (series: number, name: string) => void) {}

  /** Takes the values of one call. Throws before anything of the call is stored. */
  collect(values: object): void {
    this.count = 0
    if (this.records.length > 0) this.records = []
    const source = values as Record<string, unknown>
    for (const name in source) {
      const value = source[name]
      if (typeof value === 'number') this.#add(this.#ids.get(name) ?? this.series(name), value)
      else this.#addOther(name, value)
    }
  }

  /** Number of a series; the name is checked when it is first seen. */
  series(name: string): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    const series = this.#ids.size
    this.announce(series, checkMetricName(name))
    this.#ids.set(name, series)
    return series
  }

  #add(series: number, value: number): void {
    const at = 2 * this.count++
    if (at === this.pairs.length) this.#grow()
    this.pairs[at] = series
    this.pairs[at + 1] = value
  }

  #grow(): void {
    const bigger = new Float64Array(this.pairs.length * 4)
    bigger.set(this.pairs)
    this.pairs = bigger
  }

  #addOther(name: string, value: unknown): void {
    if (typeof value === 'number') this.#add(this.series(name), value)
    else if (typeof value === 'boolean') this.#add(this.series(name), value ? 1 : 0)
    else if (isRecordValue(value)) {
      if (!this.#recordNames.has(name)) this.#recordNames.add(checkMetricName(name))
      this.records.push({ name, value })
    } else if (isPlainObject(value)) {
      for (const key in value) this.#addOther(`${name}/${key}`, value[key])
    } else throw invalidValue(name, value)
  }
}

/** The refusal of a value that is no number, saying what to write instead. */
export function invalidValue(name: string, value: unknown): LossboardError {
  return new LossboardError('invalid_value', `"${name}" is ${describe(value)}: ${advice(name, value)}. Nothing of this call was logged`)
}

function advice(name: string, value: unknown): string {
  if (value === undefined || value === null) return 'leave the name out when there is no value'
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return `give a number, Number(${JSON.stringify(value)})`
  if (typeof value === 'string') return 'log text with text(…)'
  if (typeof value === 'bigint') return 'give a number, Number(value)'
  if (typeof value === 'object' && 'dataSync' in value)
    return 'a tensor: give its number, (await tensor.data())[0], or histogram(await tensor.data())'
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return `give one number, or log all with histogram(…)`
  return `give a number, a nested object of numbers, or histogram(…), image(…) or text(…) under "${name}"`
}
