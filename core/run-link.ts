import type { JsonObject, RunStatus } from './run.ts'

/**
 * checkpoint: this run began with weights of the other one; member: the other one is part of this one, an ensemble say.
 * Unlike a fork (`Run.parentId`), a link brings no points of the other run.
 */
export const LINK_ROLES = ['checkpoint', 'member'] as const
export type LinkRole = (typeof LINK_ROLES)[number]

/** One end of a link, as seen from the other: `run` is the run at the far end. Outlives either run. */
export interface RunLink {
  role: LinkRole
  /** `name` is the present one, or the one it had when it was linked once it is deleted. */
  run: { id: string; name: string; number: number | null; project: string | null; status: RunStatus | null; deleted: boolean }
  /** Step of the linked run that is meant (of a checkpoint), or null: the run as a whole. */
  step: number | null
  /** SHA-256 of the linked bytes, or null. The blob itself may be pruned. */
  hash: string | null
  detail: JsonObject
  /** When it was made, ms since epoch. */
  at: number
}

/** Links of a run: `to` those it made, `from` those other runs made to it. Both in the order made. */
export interface RunLinks {
  to: RunLink[]
  from: RunLink[]
}
