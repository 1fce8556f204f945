import type { StorePath } from '../store-path.ts'

export interface Finding {
  /** What was looked at, one or two words. */
  what: string
  /** `warning`: works, but something should be known. `problem`: something does not work or data is in danger. */
  status: 'ok' | 'warning' | 'problem'
  /** What was found, one line. */
  detail: string
  /** What to do about it; always there unless all is well. */
  mend?: string
}

/** One thing `lossboard doctor` looks at: a file in this folder plus a line in `registry.ts`. Throws nothing: trouble is a finding. */
export type Check = (store: StorePath) => Promise<Finding[]>
