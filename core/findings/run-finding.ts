import type { FindingSeverity } from '../kinds/values.ts'
import type { JsonObject } from '../run.ts'

/** `computed`: by a rule of `core/diagnosis`. `logged`: by the training code itself, as a record of the kind `finding`. */
export type FindingOrigin = 'computed' | 'logged'

/** One thing found wrong with a run, as the store keeps it and lists show it. */
export interface RunFinding {
  /** Name of the rule, or the code the training code gave it. */
  rule: string
  /** What of the run it is about, the worst first: layers, or the name of the record; empty for the run as a whole. */
  subjects: string[]
  severity: FindingSeverity
  origin: FindingOrigin
  /** One line. */
  title: string
  /** First step at which it showed, and the time of that step (ms since epoch). */
  firstStep: number
  wall: number
  /** 0–1; null for what training code logged. */
  confidence: number | null
  /** All the rule said: evidence, fixes, cause. Numbers that JSON lacks are the words "NaN", "Infinity", "-Infinity". */
  detail: JsonObject
}

/** What is known about a run, and of which state of it. */
export interface RunDiagnosis {
  runId: string
  /** Version of the rules. */
  engine: string
  /** `Run.rev` of the state it was computed from, as far as the run's data goes. */
  runRev: number
  /** Tells one state of the run's data from another, whatever a person edits meanwhile. */
  stamp: string
  /** When it was computed (ms since epoch). */
  at: number
  /** What there is to say beside the findings: rules that lack data, shapes of the curves. */
  report: JsonObject
  /** As the page shows them: causes before what follows from them. */
  findings: RunFinding[]
}

/** A person's word that a finding is known and needs no attention. */
export interface FindingMute {
  id: string
  project: string
  /** Null: in every run of the project. */
  runId: string | null
  rule: string
  /** Null: whatever it is about. Else only while it is about none but these. */
  subjects: string[] | null
  reason: string
  /** ms since epoch. */
  at: number
}

/** A finding in a list over runs. */
export interface ListedFinding extends Omit<RunFinding, 'detail'> {
  runId: string
  /** One sentence. */
  says: string
  /** Rule of the finding of the same run that explains this one, or null. */
  causedBy: string | null
}
