/** What a run is: the words shared by the store, the trainer library, the server and the pages. */

import type { ImportSource, RowSource } from './import-source.ts'

/** Stored status. `crashed` is never written by the run itself: a reader infers it (see core/as-shown.ts). */
export const RUN_STATUSES = ['running', 'finished', 'failed', 'interrupted', 'crashed'] as const
export type RunStatus = (typeof RUN_STATUSES)[number]

/** JSON without `undefined`; configs may carry NaN and ±Infinity as the strings "NaN", "Infinity", "-Infinity". */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Everything recorded about where a run ran. All fields optional: a plain client may know none of them. */
export interface RunEnvironment {
  host?: string
  user?: string
  pid?: number
  /** Start time of the process (ms since epoch), so that a reused pid is not taken for the run. */
  processStartedAt?: number
  command?: string
  cwd?: string
  node?: string
  /** Version of Python, for a run of the Python client. */
  python?: string
  os?: string
  cpu?: string
  cores?: number
  memoryBytes?: number
  gpu?: string[]
  device?: string
  packages?: Record<string, string>
  git?: { commit: string; branch?: string; remote?: string; dirty: boolean; diff?: string; diffTruncated?: boolean }
  writer?: string
  /** Its clock was far off: what the server added to every time it logged. */
  clockOffsetMs?: number
  /** Files it was imported from. */
  source?: ImportSource | RowSource
}

export interface Run {
  id: string
  project: string
  /** Display name, e.g. `brave-otter-12`. */
  name: string
  /** Display number, counted per project from 1. */
  number: number
  group: string | null
  jobType: string | null
  tags: string[]
  notes: string
  status: RunStatus
  /** Why it failed, one line, when status is failed/interrupted/crashed. */
  statusReason: string | null
  archived: boolean
  /** Milliseconds since epoch. */
  startedAt: number
  heartbeatAt: number
  endedAt: number | null
  config: JsonObject
  summary: JsonObject
  environment: RunEnvironment
  seed: number | null
  /** Fork: the run this one continues, and the first step that is its own. */
  parentId: string | null
  forkStep: number | null
  /** Number of the newest attempt, from 1; resuming adds one. */
  attempt: number
  /** Points the logger had to drop because memory ran out (0 in health). */
  droppedPoints: number
  /** Version of the program that wrote it. */
  writerVersion: string
  /** Store revision of the last change to this run or its data. */
  rev: number
}

/** One time the run was started: `forkStep` is the first step of this attempt (null: first step of each series). */
export interface Attempt {
  attempt: number
  forkStep: number | null
  startedAt: number
}

export type Goal = 'min' | 'max'

/** Rules set by `defineMetric`; `pattern` is a name or a glob with `*`. */
export interface MetricRule {
  pattern: string
  /** Name of the metric that is the x axis of this one by default (`epoch`, say). */
  step?: string
  goal?: Goal
  unit?: string
}

/** One series as the newest line shows it: attempts and fork joined, superseded points left out of every figure. */
export interface SeriesSummary {
  name: string
  /** Points on the newest line (after superseding). */
  n: number
  /** Earlier writes replaced on the line: same step written again, or an abandoned attempt's points. Kept in the store. */
  superseded: number
  /** NaN and ±Infinity among the n points. */
  nonFinite: number
  firstStep: number
  lastStep: number
  /** Value at the highest step; may be NaN or ±Infinity. */
  last: number
  lastWall: number
  /** Over finite values; NaN when there is none. */
  min: number
  max: number
  mean: number
  /** First step at which min and max were reached; null when there is no finite value. */
  minStep: number | null
  maxStep: number | null
  goal: Goal | null
}
