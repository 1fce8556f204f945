import type { JsonObject, RunStatus } from '../../../core/run.ts'
import type { Intake } from '../intake/intake.ts'
import type { RunIntake } from '../intake/run-intake.ts'
import { configValue } from '../table-rows.ts'

/** A run as both of MLflow's stores tell of it. */
export interface MlflowRun {
  id: string
  name: string
  experiment: string
  status: string
  /** ms since epoch. */
  startedAt: number | null
  endedAt: number | null
  user: string
  artifacts: string
  params: Map<string, string>
  tags: Map<string, string>
}

const STATUSES: Record<string, RunStatus> = {
  FINISHED: 'finished',
  FAILED: 'failed',
  KILLED: 'interrupted',
  RUNNING: 'running',
  SCHEDULED: 'running',
}
/** By number, as its files have it. */
export const STATUS_NAMES = ['', 'RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']

export function openMlflowRun(intake: Intake, given: MlflowRun): RunIntake {
  const { tags, params } = given
  const config: JsonObject = {}
  for (const [key, value] of params)
    Object.defineProperty(config, key, { value: configValue(value), enumerable: true, configurable: true, writable: true })
  const { seed } = config
  const commit = tags.get('mlflow.source.git.commit')
  const command = tags.get('mlflow.source.name')
  return intake.run(
    given.id,
    {
      name: tags.get('mlflow.runName') ?? (given.name || null),
      project: given.experiment,
      tags: [...tags]
        .filter(([key]) => !key.startsWith('mlflow.'))
        .map(([key, value]) => (value === '' || value === 'true' ? key : `${key}:${value}`)),
      notes: tags.get('mlflow.note.content') ?? '',
      startedAt: given.startedAt,
      endedAt: given.endedAt,
      status: STATUSES[given.status] ?? 'finished',
      statusReason: given.status === 'KILLED' ? 'MLflow says KILLED' : null,
      config,
      seed: typeof seed === 'number' && Number.isSafeInteger(seed) ? seed : null,
      environment: {
        writer: 'MLflow',
        ...(given.user && given.user !== 'unknown' && { user: given.user }),
        ...(command && { command }),
        ...(commit && { git: { commit, dirty: false, ...gitMore(tags) } }),
      },
    },
    { unique: true },
  )
}

function gitMore(tags: Map<string, string>): { branch?: string; remote?: string } {
  const branch = tags.get('mlflow.source.git.branch')
  const remote = tags.get('mlflow.source.git.repoURL')
  return { ...(branch && { branch }), ...(remote && { remote }) }
}

/** Children carry the id of their parent: they become members of it, in a group of its name. */
export function linkMlflowRuns(intake: Intake, runs: readonly { given: MlflowRun; run: RunIntake }[]): void {
  const byId = new Map(runs.map((one) => [one.given.id, one]))
  for (const { given, run } of runs) {
    const parent = byId.get(given.tags.get('mlflow.parentRunId') ?? '')
    if (!parent) continue
    run.change({ group: parent.run.facts.name ?? parent.given.id })
    intake.link(parent.run, run)
  }
}
