/** The tables of what the diagnosis of runs says. docs/format.md explains every column; a test keeps the two in step. */
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { FindingOrigin } from '../../core/findings/run-finding.ts'
import type { FindingSeverity } from '../../core/kinds/values.ts'
import type { JsonObject } from '../../core/run.ts'
import { runs } from './schema.ts'

/** What the diagnosis of a run said, and of which state of the run. Can always be computed again. */
export const diagnoses = sqliteTable(
  'diagnoses',
  {
    runKey: integer('run_key')
      .primaryKey()
      .references(() => runs.key, { onDelete: 'cascade' }),
    engine: text().notNull(),
    runRev: integer('run_rev').notNull(),
    stamp: text().notNull(),
    at: real().notNull(),
    report: text({ mode: 'json' }).$type<JsonObject>().notNull(),
    rev: integer().notNull(),
  },
  (table) => [index('diagnoses_rev').on(table.rev)],
)

export const findings = sqliteTable(
  'findings',
  {
    runKey: integer('run_key')
      .notNull()
      .references(() => diagnoses.runKey, { onDelete: 'cascade' }),
    place: integer().notNull(),
    rule: text().notNull(),
    subjects: text({ mode: 'json' }).$type<string[]>().notNull(),
    severity: text().$type<FindingSeverity>().notNull(),
    origin: text().$type<FindingOrigin>().notNull(),
    title: text().notNull(),
    firstStep: integer('first_step').notNull(),
    wall: real().notNull(),
    confidence: real(),
    detail: text({ mode: 'json' }).$type<JsonObject>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runKey, table.place] })],
)

/** What a person said about findings. It outlives the diagnosis, which is computed again and again. */
export const findingMutes = sqliteTable(
  'finding_mutes',
  {
    id: text().primaryKey(),
    project: text().notNull(),
    runId: text('run_id'),
    rule: text().notNull(),
    subjects: text({ mode: 'json' }).$type<string[]>(),
    reason: text().notNull(),
    at: real().notNull(),
  },
  (table) => [index('finding_mutes_project').on(table.project)],
)

/** What the metrics of a project stand for, where their names do not tell. */
export const metricRoles = sqliteTable('metric_roles', { project: text().notNull(), name: text().notNull(), role: text().notNull() }, (table) => [
  primaryKey({ columns: [table.project, table.name] }),
])
