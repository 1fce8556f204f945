import type { ErrorCode } from '../core/errors.ts'
import type { RunFinding } from '../core/findings/run-finding.ts'
import type { JsonObject, MetricRule, RunStatus } from '../core/run.ts'
import type { NewLink, NewRecord, RecordPruning, RunPatch } from '../db/store.ts'

export type Resume = 'never' | 'allow' | 'must'

/** The server a run is logged to, by way of a journal. */
export interface ServerPlan {
  /** null: none is known yet (`offline`). */
  url: string | null
  token: string | null
  /** False: only the journal is written. */
  online: boolean
  /** Folder of this session's journal. */
  journal: string
  writer: string
}

/** What the worker is started with: plain data, copied between threads. */
export interface RunPlan {
  /** Path of the store; unused when there is a server. */
  location: string
  server: ServerPlan | null
  id: string
  project: string
  name: string | null
  group: string | null
  jobType: string | null
  tags: string[] | null
  notes: string | null
  seed: number | null
  /** Its place in an ablation study. */
  study: { id: string; variant: string; seed: number | null } | null
  config: JsonObject
  resume: Resume
  /** True when the caller named the id; a made one cannot be taken. */
  idGiven: boolean
  forkFrom: { run: string; step: number } | null
  startedAt: number
  command: string
  /** Folder of the program, where its package.json is looked for. */
  programFolder: string
  systemMetrics: boolean
  saveGit: boolean
  /** Say in the console what goes wrong. */
  diagnose: boolean
  /** Severity from which on a finding aborts `run.signal`; null: none does. */
  stopOn: 'critical' | 'warning' | null
}

/** Training thread → worker. Order is kept, and a message posted before `head` moved is read before the points. */
export type ToWorker =
  | { type: 'name'; series: number; name: string }
  | { type: 'records'; records: NewRecord[] }
  | { type: 'patch'; patch: RunPatch }
  | { type: 'prune'; prune: RecordPruning[] }
  | { type: 'links'; links: NewLink[] }
  | { type: 'rules'; rules: MetricRule[] }
  | { type: 'console'; stream: 'stdout' | 'stderr'; text: string; wall: number }
  | { type: 'finish'; status: RunStatus; reason: string | null; endedAt: number; until: number; patient: boolean }

/** Worker → training thread. */
export type FromWorker =
  | { type: 'open'; name: string; number: number | null; attempt: number; nextStep: number; config: JsonObject; summary: JsonObject }
  | { type: 'refused'; code: ErrorCode; message: string }
  | { type: 'flushed'; id: number; stored: boolean }
  /** One that stops the training. */
  | { type: 'finding'; finding: RunFinding }
  | { type: 'closed' }
