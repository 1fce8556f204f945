import { asShown } from '../../core/as-shown.ts'
import { compareSeverity } from '../../core/findings/findings-brief.ts'
import { muteOf } from '../../core/findings/muted.ts'
import type { Context } from '../context.ts'

/** A page shows so many; how many there are is said. */
const FINDINGS_MAX = 2_000

/** Everything wrong in the runs of a project (or of all), the gravest first, then the newest. Archived runs are left out. */
export async function projectAnswer({ store, diagnoser }: Context, project?: string) {
  const book = await diagnoser.book()
  const [{ runs }, mutes] = await Promise.all([
    store.overview({ ...(project !== undefined && { project }), archived: false }, []),
    book.mutes(project),
    diagnoser.known.refresh(book),
  ])
  const now = Date.now()
  const all = runs.flatMap((run) => {
    const findings = diagnoser.known.of(run.id) ?? []
    if (findings.length === 0) return []
    const { id, name, number, status } = asShown(run, now)
    const shown = { id, name, number, status, project: run.project }
    return findings.map((finding) => ({ ...finding, run: shown, mute: muteOf(finding, run, mutes) }))
  })
  all.sort((a, b) => compareSeverity(a.severity, b.severity) || b.wall - a.wall)
  return {
    findings: all.slice(0, FINDINGS_MAX),
    total: all.length,
    runs: runs.length,
    /** Runs of these that nobody looked at yet; with those that changed since, `waiting` counts over all projects. */
    unseen: runs.filter((run) => diagnoser.known.of(run.id) === undefined).length,
    waiting: diagnoser.waiting,
  }
}
