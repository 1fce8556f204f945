import type { FindingMute, ListedFinding, RunDiagnosis } from '../core/findings/run-finding.ts'

/** Which runs wait for a diagnosis, and how many there are. */
export interface Undiagnosed {
  /** Newest start first. */
  runs: { id: string; rev: number }[]
  total: number
}

/** What was found, of the runs whose findings changed since a revision. */
export interface FindingChanges {
  rev: number
  /** Runs diagnosed since, also those without a finding. */
  runIds: string[]
  /** Their findings, in the order of their page. */
  findings: ListedFinding[]
}

/** The part of the store that keeps what the diagnosis says, and what people say about it. */
export interface FindingStore {
  /** Runs whose present state no diagnosis of this engine covers. */
  undiagnosed(engine: string, limit: number): Promise<Undiagnosed>
  /** Text that changes whenever what the run logged or its status does, and not when a person edits it. Empty for an unknown run. */
  stamp(runId: string): Promise<string>
  diagnosis(runId: string): Promise<RunDiagnosis | null>
  /** Replaces what was known about the run. Does nothing when the run was removed meanwhile. */
  save(diagnosis: RunDiagnosis): Promise<void>
  /** The stored diagnosis holds for this revision of the run too: nothing that it reads changed. */
  confirm(runId: string, runRev: number): Promise<void>
  since(rev: number): Promise<FindingChanges>
  /** Newest first; those of a project, or of all. */
  mutes(project?: string): Promise<FindingMute[]>
  mute(mute: Omit<FindingMute, 'id' | 'at'>): Promise<FindingMute>
  /** Throws `not_found`. Returns what was taken back. */
  unmute(id: string): Promise<FindingMute>
  /** What a person said that metrics of the project stand for, by name. */
  roles(project: string): Promise<Record<string, string>>
  /** Replaces them. Every run of the project then waits for a new diagnosis. */
  setRoles(project: string, roles: Record<string, string>): Promise<void>
}
