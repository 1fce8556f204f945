import type { Database, Statement } from 'better-sqlite3'
import type { JsonObject, Run, RunEnvironment } from '../../core/run.ts'
import type { RunFilter } from '../store.ts'
import { toRun } from './run-rows.ts'

interface Head {
  key: number
  id: string
  rev: number
}

/** A run as the list shows it, with the key other tables use. */
export interface ListedRun {
  key: number
  run: Run
}

const COLUMNS = `runs.key, runs.id, projects.name AS project, runs.name, number, group_name AS "group", job_type AS jobType, tags, notes, status,
  status_reason AS statusReason, archived, started_at AS startedAt, heartbeat_at AS heartbeatAt, ended_at AS endedAt, config, summary, environment,
  seed, parent_id AS parentId, fork_step AS forkStep, attempt, dropped_points AS droppedPoints, writer_version AS writerVersion, rev`

type TextRow = Omit<Run, 'tags' | 'archived' | 'config' | 'summary' | 'environment'> & {
  key: number
  project: string
  tags: string
  archived: number
  config: string
  summary: string
  environment: string
}

function parse(row: TextRow): Run {
  return toRun(
    {
      ...row,
      projectKey: 0,
      tags: JSON.parse(row.tags) as string[],
      archived: row.archived === 1,
      config: JSON.parse(row.config) as JsonObject,
      summary: JSON.parse(row.summary) as JsonObject,
      environment: JSON.parse(row.environment) as RunEnvironment,
    },
    row.project,
  )
}

/** The runs of a filter. A run that has not changed since it was last read is not read again: the page asks ten times a second. */
export class RunList {
  private known = new Map<number, ListedRun>()
  private readonly byKeys: Statement
  private readonly everyHead: Statement

  constructor(private readonly db: Database) {
    this.byKeys = db.prepare(
      `SELECT ${COLUMNS} FROM runs JOIN projects ON projects.key = project_key WHERE runs.key IN (SELECT value FROM json_each(?))`,
    )
    this.everyHead = db.prepare('SELECT key, id, rev FROM runs')
  }

  /** Newest first. */
  read(filter: RunFilter): ListedRun[] {
    const heads = this.heads(filter)
    const stale = heads.filter(({ key, rev }) => this.known.get(key)?.run.rev !== rev).map(({ key }) => key)
    if (stale.length > 0)
      for (const row of this.byKeys.all(JSON.stringify(stale)) as TextRow[]) this.known.set(row.key, { key: row.key, run: parse(row) })
    const listed = heads.map(({ key }) => this.known.get(key)!)
    return listed.sort((a, b) => b.run.startedAt - a.run.startedAt || b.key - a.key)
  }

  private heads({ project, ids, archived }: RunFilter): Head[] {
    if (project === undefined && ids === undefined && archived === undefined) {
      const heads = this.everyHead.all() as Head[]
      if (this.known.size > heads.length * 2) this.forget(heads)
      return heads
    }
    const conditions: string[] = []
    const values: (string | number)[] = []
    if (project !== undefined) {
      conditions.push('project_key = (SELECT key FROM projects WHERE name = ?)')
      values.push(project)
    }
    if (archived !== undefined) {
      conditions.push('archived = ?')
      values.push(Number(archived))
    }
    if (ids !== undefined) {
      conditions.push('id IN (SELECT value FROM json_each(?))')
      values.push(JSON.stringify(ids))
    }
    return this.db.prepare(`SELECT key, id, rev FROM runs WHERE ${conditions.join(' AND ')}`).all(...values) as Head[]
  }

  private forget(heads: Head[]): void {
    const present = new Set(heads.map((head) => head.key))
    for (const key of this.known.keys()) if (!present.has(key)) this.known.delete(key)
  }
}
