import type { JsonObject, RunEnvironment, RunStatus } from '../../../core/run.ts'

/** What a source says of a run besides its numbers. All of it may change while the source is read; names count when the run is made. */
export interface RunFacts {
  /** Id to keep, where the source is of this program and the store has no such run; null: a new one. */
  id: string | null
  /** null: the store makes one. */
  name: string | null
  /** Where the source has projects. `--project` goes before it. */
  project: string | null
  group: string | null
  jobType: string | null
  tags: string[]
  notes: string
  /** ms since epoch; null: the time of the first number, or of the file. */
  startedAt: number | null
  /** null: the time of the last number. */
  endedAt: number | null
  status: RunStatus
  statusReason: string | null
  config: JsonObject
  summary: JsonObject
  environment: RunEnvironment
  seed: number | null
  /** Numbers that were superseded where they come from go to an attempt of their own, which a second one replaces from this step on. */
  forkStep: number | null
}

export function plainFacts(): RunFacts {
  return {
    id: null,
    name: null,
    project: null,
    group: null,
    jobType: null,
    tags: [],
    notes: '',
    startedAt: null,
    endedAt: null,
    status: 'finished',
    statusReason: null,
    config: {},
    summary: {},
    environment: {},
    seed: null,
    forkStep: null,
  }
}
