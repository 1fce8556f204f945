import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'
import type { Run } from '../../core/run.ts'
import type { Store } from '../../db/store.ts'

export interface RunChoice {
  /** Names, #numbers or ids; empty: all runs. */
  runs: readonly string[]
  project: string | undefined
  archived: boolean
}

export interface ChosenRuns {
  /** Oldest first. */
  runs: Run[]
  /** Archived ones that were left out. */
  archived: number
}

/** The runs that were asked for; throws `not_found` for a run or project that is not there, and when there is none at all. */
export async function chooseRuns(store: Store, choice: RunChoice): Promise<ChosenRuns> {
  if (choice.project !== undefined) await checkProject(store, choice.project)
  if (choice.runs.length > 0) {
    const runs: Run[] = []
    for (const reference of choice.runs) runs.push(await store.findRun(reference))
    const unique = [...new Map(runs.map((run) => [run.id, run])).values()]
    const outside = unique.find((run) => choice.project !== undefined && run.project !== choice.project)
    if (outside) throw new LossboardError('invalid_option', `run ${outside.name} is in project "${outside.project}", not in "${choice.project}"`)
    return { runs: unique, archived: 0 }
  }
  const { runs } = await store.overview({ ...(choice.project !== undefined && { project: choice.project }) }, [])
  const kept = runs.filter((run) => choice.archived || !run.archived).sort((a, b) => a.startedAt - b.startedAt)
  const archived = runs.length - kept.length
  if (kept.length === 0)
    throw new LossboardError('not_found', archived > 0 ? `all ${archived} runs are archived: --archived exports them` : 'the store holds no run yet')
  // The list has runs without the differences of their code: each is read whole.
  return { runs: await Promise.all(kept.map(async (run) => (await store.run(run.id)) ?? run)), archived }
}

async function checkProject(store: Store, project: string): Promise<void> {
  const names = (await store.projects()).map(({ name }) => name)
  if (names.includes(project)) return
  const near = nearMatches(project, names)
  throw new LossboardError(
    'not_found',
    `no project "${project}": ${near.length > 0 ? `did you mean ${near.join(' or ')}?` : `there is ${names.slice(0, 10).join(', ') || 'none'}`}`,
  )
}
