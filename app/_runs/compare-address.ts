import type { Run } from '../../core/run.ts'

/** The comparison draws no more, and their ids would not fit into an address. */
export const COMPARE_MAX = 500

/** Ids are URL-safe; commas separate them. */
export function compareAddress(runs: readonly Pick<Run, 'id'>[]): string {
  return `/compare?runs=${runs.map((run) => run.id).join(',')}`
}
