import type { Database, Statement } from 'better-sqlite3'
import { LossboardError } from '../../core/errors.ts'
import type { LineSource } from '../../core/line.ts'
import { lineSources } from '../../core/line.ts'
import type { Rows } from './attempt-state.ts'
import type { SeriesRow } from './series-rows.ts'

/** A run with its ancestors, oldest first: everything its lines can be made of. */
export interface Lineage {
  runs: LineageRun[]
}

interface LineageRun {
  key: number
  id: string
  parentId: string | null
  forkStep: number | null
  attempts: { attempt: number; forkStep: number | null }[]
}

export type Source = LineSource<SeriesRow>

/** Finds the stored series that make up a line. */
export class LineReader {
  private readonly runById: Statement
  private readonly attemptsOf: Statement
  private readonly firstWallOf: Statement

  constructor(
    db: Database,
    private readonly rows: Rows,
  ) {
    this.runById = db.prepare('SELECT key, id, parent_id AS parentId, fork_step AS forkStep FROM runs WHERE id = ?')
    this.attemptsOf = db.prepare('SELECT attempt, fork_step AS forkStep FROM attempts WHERE run_key = ? ORDER BY attempt')
    this.firstWallOf = db.prepare('SELECT min(first_wall) FROM series WHERE run_key = ?').pluck()
  }

  /** Throws not_found. A removed ancestor ends the lineage: the run then shows its own points only. */
  lineage(runId: string): Lineage {
    const runs: LineageRun[] = []
    const seen = new Set<string>()
    for (let id: string | null = runId; id !== null && !seen.has(id); ) {
      seen.add(id)
      const run = this.runById.get(id) as Omit<LineageRun, 'attempts'> | undefined
      if (!run) break
      runs.unshift({ ...run, attempts: this.attemptsOf.all(run.key) as LineageRun['attempts'] })
      id = run.parentId
    }
    if (runs.length === 0) throw new LossboardError('not_found', `there is no run "${runId}"`)
    return { runs }
  }

  sources(lineage: Lineage, name: string): Source[] {
    return lineSources(
      lineage.runs.map((run) => {
        const found = this.rows.series.byName(run.key, name)
        return {
          forkStep: run.forkStep,
          attempts: run.attempts.map(({ attempt, forkStep }) => ({ forkStep, series: found.find((row) => row.attempt === attempt) ?? null })),
        }
      }),
    )
  }

  /** Wall time of the first point of the run, or of its oldest ancestor; NaN before anything is logged. */
  origin(lineage: Lineage): number {
    const walls = lineage.runs.map((run) => this.firstWallOf.get(run.key) as number | null).filter((wall) => wall !== null)
    return walls.length > 0 ? Math.min(...walls) : Number.NaN
  }
}

/** Changes whenever what the line shows may have changed. */
export function lineKey(sources: Source[]): string {
  return sources.map(({ series, before, limit }) => `${series.id}:${series.rev}:${series.n}:${before}:${limit}`).join(' ')
}

/** One series, in step order, shown whole: its stored figures are the line's. */
export function isPlain(sources: Source[]): boolean {
  const only = sources[0]
  return sources.length === 1 && only !== undefined && only.series.ordered && only.series.lastStep < only.before
}
