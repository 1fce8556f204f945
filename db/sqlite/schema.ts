/** The tables of a Lossboard file, but for those of the diagnosis (`finding-schema.ts`). docs/format.md explains every column; a test keeps the two in step. */
import { sql } from 'drizzle-orm'
import { blob, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { StudyDefinition } from '../../core/ablation/study.ts'
import type { TableSettings } from '../../core/ablation/table-settings.ts'
import type { JsonObject, RunEnvironment, RunStatus } from '../../core/run.ts'
import type { LinkRole } from '../../core/run-link.ts'
import type { TokenScope } from '../../core/token.ts'

export const meta = sqliteTable('meta', {
  id: integer().primaryKey(),
  storeId: text('store_id').notNull(),
  rev: integer().notNull(),
  createdAt: real('created_at').notNull(),
})

export const projects = sqliteTable('projects', {
  key: integer().primaryKey(),
  name: text().notNull().unique(),
  lastNumber: integer('last_number').notNull(),
  createdAt: real('created_at').notNull(),
})

export const runs = sqliteTable(
  'runs',
  {
    key: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull().unique(),
    projectKey: integer('project_key')
      .notNull()
      .references(() => projects.key),
    name: text().notNull(),
    number: integer().notNull(),
    group: text('group_name'),
    jobType: text('job_type'),
    tags: text({ mode: 'json' }).$type<string[]>().notNull(),
    notes: text().notNull(),
    status: text().$type<RunStatus>().notNull(),
    statusReason: text('status_reason'),
    archived: integer({ mode: 'boolean' }).notNull(),
    startedAt: real('started_at').notNull(),
    heartbeatAt: real('heartbeat_at').notNull(),
    endedAt: real('ended_at'),
    config: text({ mode: 'json' }).$type<JsonObject>().notNull(),
    summary: text({ mode: 'json' }).$type<JsonObject>().notNull(),
    environment: text({ mode: 'json' }).$type<RunEnvironment>().notNull(),
    /** Kept apart from `environment`: it can be large, and lists of runs do not need it. */
    gitDiff: text('git_diff'),
    seed: real(),
    parentId: text('parent_id'),
    forkStep: integer('fork_step'),
    attempt: integer().notNull(),
    droppedPoints: integer('dropped_points').notNull(),
    writerVersion: text('writer_version').notNull(),
    rev: integer().notNull(),
  },
  (table) => [
    uniqueIndex('runs_number').on(table.projectKey, table.number),
    index('runs_rev').on(table.rev),
    index('runs_parent').on(table.parentId).where(sql`parent_id is not null`),
  ],
)

export const attempts = sqliteTable(
  'attempts',
  {
    runKey: integer('run_key')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    attempt: integer().notNull(),
    forkStep: integer('fork_step'),
    startedAt: real('started_at').notNull(),
    /** Raised by whoever packs the tail of an attempt it does not write, so that a writer still alive reads its state again. */
    packedByOthers: integer('packed_by_others').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runKey, table.attempt] })],
)

export const series = sqliteTable(
  'series',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    runKey: integer('run_key')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    name: text().notNull(),
    attempt: integer().notNull(),
    n: integer().notNull(),
    nonFinite: integer('non_finite').notNull(),
    ordered: integer().notNull(),
    wallOrdered: integer('wall_ordered').notNull(),
    firstStep: integer('first_step').notNull(),
    lastStep: integer('last_step').notNull(),
    firstWall: real('first_wall').notNull(),
    lastWall: real('last_wall').notNull(),
    lastValue: real('last_value'),
    min: real(),
    max: real(),
    sum: real(),
    minStep: integer('min_step'),
    maxStep: integer('max_step'),
    rev: integer().notNull(),
  },
  (table) => [uniqueIndex('series_of_run').on(table.runKey, table.name, table.attempt), index('series_by_name').on(table.name, table.runKey)],
)

/** The newest points as plain rows, in arrival order. The migration makes it WITHOUT ROWID, which halves what a flush writes. */
export const tail = sqliteTable(
  'tail',
  {
    runKey: integer('run_key').notNull(),
    attempt: integer().notNull(),
    seq: integer().notNull(),
    seriesId: integer('series_id').notNull(),
    step: integer().notNull(),
    wall: real().notNull(),
    value: real(),
  },
  (table) => [primaryKey({ columns: [table.runKey, table.attempt, table.seq] })],
)

/** Packed points (level 0) and summaries of four spans each (level 1 and up). Small columns come first: they fit on the row's own page. */
export const spans = sqliteTable(
  'spans',
  {
    id: integer().primaryKey(),
    seriesId: integer('series_id')
      .notNull()
      .references(() => series.id, { onDelete: 'cascade' }),
    level: integer().notNull(),
    firstStep: integer('first_step').notNull(),
    seq: integer().notNull(),
    lastStep: integer('last_step').notNull(),
    n: integer().notNull(),
    bad: integer().notNull(),
    badKinds: integer('bad_kinds').notNull(),
    badStep: integer('bad_step'),
    ordered: integer().notNull(),
    wallOrdered: integer('wall_ordered').notNull(),
    firstWall: real('first_wall').notNull(),
    lastWall: real('last_wall').notNull(),
    first: real(),
    last: real(),
    min: real(),
    max: real(),
    sum: real(),
    minStep: integer('min_step'),
    minWall: real('min_wall'),
    maxStep: integer('max_step'),
    maxWall: real('max_wall'),
    stride: integer(),
    steps: blob({ mode: 'buffer' }),
    // Values before times: smoothing needs the ones without the others, and reading a column reads all before it.
    vals: blob({ mode: 'buffer' }),
    walls: blob({ mode: 'buffer' }),
  },
  (table) => [uniqueIndex('spans_place').on(table.seriesId, table.level, table.firstStep, table.seq)],
)

export const blobs = sqliteTable('blobs', {
  hash: text().primaryKey(),
  type: text().notNull(),
  bytes: integer().notNull(),
})

export const records = sqliteTable(
  'records',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    runKey: integer('run_key')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    attempt: integer().notNull(),
    name: text().notNull(),
    kind: text().notNull(),
    step: integer().notNull(),
    wall: real().notNull(),
    /** JSON text. */
    payload: text().notNull(),
    blobHash: text('blob_hash').references(() => blobs.hash),
  },
  (table) => [
    index('records_place').on(table.runKey, table.name, table.kind, table.attempt, table.step),
    index('records_blob').on(table.blobHash).where(sql`blob_hash is not null`),
  ],
)

export const metricRules = sqliteTable(
  'metric_rules',
  {
    runKey: integer('run_key')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    pattern: text().notNull(),
    step: text(),
    goal: text().$type<'min' | 'max'>(),
    unit: text(),
  },
  (table) => [primaryKey({ columns: [table.runKey, table.pattern] })],
)

/** Ties between runs. They name runs by id, without a foreign key, because they outlive them. */
export const links = sqliteTable(
  'links',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    fromId: text('from_id').notNull(),
    fromName: text('from_name').notNull(),
    toId: text('to_id').notNull(),
    toName: text('to_name').notNull(),
    role: text().$type<LinkRole>().notNull(),
    step: integer(),
    blobHash: text('blob_hash'),
    detail: text({ mode: 'json' }).$type<JsonObject>().notNull(),
    at: real().notNull(),
  },
  (table) => [index('links_from').on(table.fromId), index('links_to').on(table.toId)],
)

export const studies = sqliteTable(
  'studies',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    name: text().notNull(),
    definition: text({ mode: 'json' }).$type<Omit<StudyDefinition, 'name' | 'project'>>().notNull(),
    settings: text({ mode: 'json' }).$type<Partial<TableSettings>>().notNull(),
    createdAt: real('created_at').notNull(),
    updatedAt: real('updated_at').notNull(),
    rev: integer().notNull(),
  },
  (table) => [uniqueIndex('studies_name').on(table.project, table.name), index('studies_rev').on(table.rev)],
)

/** Which run stands where in a study. No foreign key to the run: a place whose run was deleted is shown, not silently forgotten. */
export const studyRuns = sqliteTable(
  'study_runs',
  {
    place: integer().primaryKey(),
    studyId: text('study_id')
      .notNull()
      .references(() => studies.id, { onDelete: 'cascade' }),
    runId: text('run_id').notNull(),
    variant: text().notNull(),
    seed: real(),
  },
  (table) => [uniqueIndex('study_runs_place').on(table.studyId, table.runId), index('study_runs_run').on(table.runId)],
)

/** Studies that were removed, so that a page open on one hears of it. */
export const studyTombstones = sqliteTable('study_tombstones', { studyId: text('study_id').primaryKey(), rev: integer().notNull() })

/** Runs that were removed, so that a page open on one hears of it. */
export const tombstones = sqliteTable('tombstones', { runId: text('run_id').primaryKey(), rev: integer().notNull() }, (table) => [
  index('tombstones_rev').on(table.rev),
])

/** Client sessions that deliver their batches over HTTP: one writes one attempt of one run. Kept, so that a batch sent again is known. */
export const ingestWriters = sqliteTable(
  'ingest_writers',
  {
    writer: text().primaryKey(),
    runKey: integer('run_key')
      .notNull()
      .references(() => runs.key, { onDelete: 'cascade' }),
    attempt: integer().notNull(),
    lastSequence: integer('last_sequence').notNull(),
    updatedAt: real('updated_at').notNull(),
  },
  (table) => [index('ingest_writers_run').on(table.runKey, table.attempt)],
)

/** Who may use a server of this store. Revoked ones stay, so that their holder is told why. */
export const tokens = sqliteTable('tokens', {
  id: text().primaryKey(),
  name: text().notNull(),
  scope: text().$type<TokenScope>().notNull(),
  project: text(),
  hash: text().notNull(),
  createdAt: real('created_at').notNull(),
  lastUsedAt: real('last_used_at'),
  expiresAt: real('expires_at'),
  revokedAt: real('revoked_at'),
})

/** 2^exponent for every exponent a float64 can need: the view `points` decodes packed numbers with it. */
export const pow2 = sqliteTable('pow2', { exponent: integer().primaryKey(), value: real().notNull() })
