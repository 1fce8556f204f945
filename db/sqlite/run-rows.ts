import type { Json, JsonObject, Run, RunEnvironment } from '../../core/run.ts'
import type { RunPatch } from '../store.ts'
import type { runs } from './schema.ts'

type RunRow = typeof runs.$inferSelect
type RunColumns = Partial<typeof runs.$inferInsert>

/** The run as the rest of the program knows it. Without `gitDiff` the environment says there is one, but not what is in it. */
export function toRun(row: Omit<RunRow, 'gitDiff'> & { gitDiff?: string | null }, project: string): Run {
  const { git } = row.environment
  const environment = git && row.gitDiff ? { ...row.environment, git: { ...git, diff: row.gitDiff } } : row.environment
  return {
    id: row.id,
    project,
    name: row.name,
    number: row.number,
    group: row.group,
    jobType: row.jobType,
    tags: row.tags,
    notes: row.notes,
    status: row.status,
    statusReason: row.statusReason,
    archived: row.archived,
    startedAt: row.startedAt,
    heartbeatAt: row.heartbeatAt,
    endedAt: row.endedAt,
    config: row.config,
    summary: row.summary,
    environment,
    seed: row.seed,
    parentId: row.parentId,
    forkStep: row.forkStep,
    attempt: row.attempt,
    droppedPoints: row.droppedPoints,
    writerVersion: row.writerVersion,
    rev: row.rev,
  }
}

/** JSON has no NaN: the strings "NaN", "Infinity" and "-Infinity" stand for it, as `Json` says. */
export function withoutNonFinite(value: Json): Json {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (Array.isArray(value)) return value.map(withoutNonFinite)
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNonFinite(item)]))
  return value
}

export function environmentColumns(environment: RunEnvironment): { environment: RunEnvironment; gitDiff: string | null } {
  if (environment.git?.diff === undefined) return { environment, gitDiff: null }
  const { diff, ...git } = environment.git
  return { environment: { ...environment, git }, gitDiff: diff }
}

export function jsonColumn(value: JsonObject): JsonObject {
  return withoutNonFinite(value) as JsonObject
}

/** Columns a patch changes; fields that are undefined stay as they are. */
export function patchColumns(patch: RunPatch): RunColumns {
  const { config, summary, environment, ...plain } = patch
  const columns: RunColumns = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  if (config) columns.config = jsonColumn(config)
  if (summary) columns.summary = jsonColumn(summary)
  if (environment) Object.assign(columns, environmentColumns(environment))
  return columns
}
