/** Why a number does not exist. `reason` beside it says it in a sentence a person can read. */
export type NotDefinedCode =
  | 'no-values'
  | 'one-value'
  | 'not-finite'
  | 'constant'
  | 'all-zero'
  | 'unequal-lengths'
  | 'zero-reference'
  | 'no-pairs'
  | 'no-margin'
  | 'out-of-range'
  | 'missing-cells'
  | 'not-chosen'

export interface NotDefined {
  defined: false
  code: NotDefinedCode
  reason: string
}

/** A number (or several) that exists, or the reason why not. Never NaN. */
export type Computed<T> = ({ defined: true } & T) | NotDefined

export function notDefined(code: NotDefinedCode, reason: string): NotDefined {
  return { defined: false, code, reason }
}

/** The refusal that every test and interval shares: fewer than `least` values, or values that are not finite. Null: go on. */
export function refuse(values: readonly number[], least: number, what: string): NotDefined | null {
  const broken = values.filter((value) => !Number.isFinite(value)).length
  if (broken > 0) return notDefined('not-finite', `${broken} of ${values.length} ${what} are NaN or infinite.`)
  if (values.length === 0) return notDefined('no-values', `There are no ${what}.`)
  if (values.length < least) return notDefined('one-value', `${values.length === 1 ? 'One value has' : `${values.length} values have`} no spread.`)
  return null
}

/** A figure, unless it overflowed or came out of 0/0 on the way. */
export function finiteValue(value: number): Computed<{ value: number }> {
  return Number.isFinite(value) ? { defined: true, value } : notDefined('out-of-range', 'The values are too large or too small to compute this.')
}
