import type { Aggregate } from '../../core/ablation/study.ts'
import type { Json } from '../../core/run.ts'

/** How a metric is shown and compared. */
export interface AblateMetric {
  goal: 'min' | 'max'
  /** `%`: logged as a fraction, shown times 100. Any other text is a heading. Default none. */
  unit?: string
  /** Decimals shown. Default `uncertainty`: as many as the spread supports. */
  digits?: number | 'uncertainty'
  /** Column heading. Default: made from the name. */
  label?: string
  /** Which value of a run counts. Default `{ kind: 'last' }`. */
  aggregate?: Aggregate
}

/** Settings to change: nested (`{ model: { norm: 'none' } }`) or dotted (`{ 'model.norm': 'none' }`). Arrays are replaced as a whole. */
export type Changes = Readonly<Record<string, unknown>>

/** A study, declared. At least one of `without`, `with`, `cumulative`, `sweep`, `grid`, `fractional` says what is varied. */
export interface StudyDeclaration<Config extends object = object> {
  /** Unique in the project: the same name goes on with the same study. */
  name: string
  /** Default: LOSSBOARD_PROJECT, else "default". */
  project?: string
  /** The config that everything is compared with: plain JSON. A `seed` in it is not used. */
  base: Config
  /** Leave one out: name of the part → the changes that take it away. Shown as `w/o NAME`. */
  without?: Readonly<Record<string, Changes>>
  /** Add one in: name of the part → the changes that add it to a bare base. Shown as `+ NAME`. */
  with?: Readonly<Record<string, Changes>>
  /** In this order, each part is added to all before it. */
  cumulative?: Readonly<Record<string, Changes>>
  /** One setting at a time: dotted path → values. */
  sweep?: Readonly<Record<string, readonly Json[]>>
  /** Every combination: dotted path → values. Not beside the others. */
  grid?: Readonly<Record<string, readonly Json[]>>
  /** A fraction 2^(k−p) of all on/off combinations of k parts: name → changes that switch it on, and p generators such as `D=ABC`. Not beside the others. */
  fractional?: { factors: Readonly<Record<string, Changes>>; generators: readonly string[] }
  /** The seeds each variant is trained with, or how many (from 0). Each run gets one as `config.seed`. */
  seeds: readonly number[] | number
  /** By name of the series, e.g. `test/accuracy`. */
  metrics: Readonly<Record<string, AblateMetric>>
  /** Further tries, after all other cells, of a cell that fails. Every call tries failed cells anew. Default 1. */
  retries?: number
  /** Cells at a time. More than 1 trains in child processes. Default 1: here, one after the other. */
  parallel?: number
  /** Seconds after which a cell is stopped and counts as failed; its training is then a child process. Default none. */
  timeout?: number
}

export interface AblateOptions<Config extends object = object> extends StudyDeclaration<Config> {
  /** The store: a file ending in `.db`, or a folder. Default: LOSSBOARD_DIR, else `./lossboard.db`. */
  dir?: string
  /** Leave the runs that the study has out of it (they stay in the store) and begin anew. Needed when a config changed. Default false. */
  restart?: boolean
  /** Say nothing on stderr: neither progress nor what fails. Default false. */
  quiet?: boolean
}
