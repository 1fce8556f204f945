/** What a filter means, once parsed. Offsets point into the text, for error marks. */
export type Filter =
  | { kind: 'and' | 'or'; parts: Filter[] }
  | { kind: 'not'; part: Filter }
  /** A plain word: part of the name, a tag, the group, the notes or the config. */
  | { kind: 'word'; text: string }
  | Comparison

export interface Comparison {
  kind: 'compare'
  field: FieldName
  operator: Operator
  /** More than one only for `:` (`status:failed,crashed`): any of them. */
  values: Value[]
}

export interface FieldName {
  /** Without quotes. */
  text: string
  /** As written, quotes included: a config key may need them to be told from another. */
  raw: string
  /** `last(…)`, `min(…)`, `max(…)`, `best(…)`; null when the name stands alone. */
  figure: 'last' | 'min' | 'max' | 'best' | null
  from: number
  to: number
}

export interface Value {
  text: string
  /** In quotes: never a number, a date or a pattern. */
  quoted: boolean
}

export const OPERATORS = ['<=', '>=', '!=', '==', '<', '>', '=', ':', '~'] as const
export type Operator = '<=' | '>=' | '!=' | '<' | '>' | '=' | ':' | '~'

/** Something wrong in the text, and where. */
export interface FilterProblem {
  message: string
  from: number
  to: number
}
