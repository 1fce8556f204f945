import type { Database } from 'better-sqlite3'
import { asc, eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { Study, StudyDefinition } from '../../core/ablation/study.ts'
import { DEFAULT_TABLE_SETTINGS } from '../../core/ablation/table-settings.ts'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'
import type { StudyInfo } from '../store.ts'
import { studies, studyRuns } from './schema.ts'

/** Newest change first. */
export function readStudies(db: Database, project?: string): StudyInfo[] {
  const rows = db
    .prepare(
      `SELECT studies.id AS id, studies.name AS name, project, definition, created_at AS createdAt, updated_at AS updatedAt, studies.rev AS rev,
         count(iif(runs.status = 'finished', 1, NULL)) AS finished, count(iif(runs.status = 'running', 1, NULL)) AS running,
         count(iif(runs.status NOT IN ('finished', 'running'), 1, NULL)) AS failed,
         count(iif(study_runs.run_id IS NOT NULL AND runs.id IS NULL, 1, NULL)) AS deleted
       FROM studies LEFT JOIN study_runs ON study_id = studies.id LEFT JOIN runs ON runs.id = run_id
       WHERE ? IS NULL OR project = ? GROUP BY studies.id ORDER BY studies.updated_at DESC, studies.rev DESC`,
    )
    .all(project ?? null, project ?? null) as (Omit<StudyInfo, 'runs'> & StudyInfo['runs'] & { definition: string })[]
  return rows.map(({ definition, finished, running, failed, deleted, ...row }) => {
    const { origin, shape, metrics, variants, seeds } = JSON.parse(definition) as StudyDefinition
    return {
      ...row,
      origin,
      shape,
      metrics: metrics.map(({ name }) => name),
      variants: variants.length,
      seeds: seeds?.length ?? null,
      runs: { finished, running, failed, deleted },
    }
  })
}

/** The whole study; null when there is none. Runs in the order in which they were added. */
export function readStudy(orm: BetterSQLite3Database, id: string): Study | null {
  const row = orm.select().from(studies).where(eq(studies.id, id)).get()
  if (!row) return null
  const runs = orm
    .select({ runId: studyRuns.runId, variant: studyRuns.variant, seed: studyRuns.seed })
    .from(studyRuns)
    .where(eq(studyRuns.studyId, id))
    .orderBy(asc(studyRuns.place))
    .all()
  const { name, project, definition, settings, createdAt, updatedAt } = row
  // Settings of an older version lack what came later.
  return { ...definition, id, name, project, createdAt, updatedAt, runs, settings: { ...DEFAULT_TABLE_SETTINGS, ...settings } }
}

/** Id of the study a person means: its id, or its name when only one study has it. */
export function findStudyId(db: Database, reference: string, project?: string): string {
  const wanted = reference.trim()
  const all = db.prepare('SELECT id, name, project FROM studies ORDER BY updated_at DESC').all() as { id: string; name: string; project: string }[]
  const byId = all.find((study) => study.id === wanted)
  if (byId) return byId.id
  const inReach = all.filter((study) => project === undefined || study.project === project)
  const named = inReach.filter((study) => study.name === wanted)
  if (named.length === 1) return named[0]!.id
  if (named.length > 1)
    throw new LossboardError(
      'invalid_argument',
      `${named.length} studies are named "${wanted}": give the id, ${named.map((study) => `${study.id} (in ${study.project})`).join(', ')}`,
    )
  const near = nearMatches(
    wanted,
    inReach.flatMap((study) => [study.name, study.id]),
  )
  const where = project === undefined ? 'the store' : `project "${project}"`
  const others = inReach.slice(0, 3).map((study) => study.name)
  const hint =
    near.length > 0
      ? `did you mean ${near.join(', ')}?`
      : others.length > 0
        ? `${where} has ${others.join(', ')}${inReach.length > others.length ? ', …' : ''}`
        : `${where} has no studies yet`
  throw new LossboardError('not_found', `there is no study "${reference}": ${hint}`)
}
