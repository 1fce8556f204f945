import { LossboardError } from '../../../core/errors.ts'
import type { JsonObject, Run as StoredRun } from '../../../core/run.ts'
import { openStore } from '../../../db/open.ts'
import type { Store } from '../../../db/store.ts'
import { storeFile } from '../../../db/store-file.ts'
import { init } from '../../init.ts'
import type { InitOptions } from '../../options.ts'
import type { Run } from '../../run.ts'
import type { ResolvedLabConfig } from '../config/lab-config.ts'

/** Makes the run of a config. */
export function startRun(
  config: ResolvedLabConfig,
  recorded: JsonObject,
  { dir, resume, diagnose, stopOn }: Pick<InitOptions, 'diagnose' | 'stopOn'> & { dir: string | undefined; resume: string | undefined },
): Run {
  const { name, group, tags, notes, seed } = config
  const project = config.project ?? (process.env.LOSSBOARD_PROJECT || 'lab')
  const run = init({
    config: recorded,
    seed,
    quiet: true,
    jobType: 'train',
    // A run that goes on does so in the store where it was found, whatever LOSSBOARD_URL says.
    ...(resume !== undefined ? { dir: storeFile(dir) } : dir !== undefined && { dir }),
    ...(diagnose !== undefined && { diagnose }),
    ...(stopOn !== undefined && { stopOn }),
    ...(resume === undefined
      ? {
          project,
          ...(name !== undefined && { name }),
          ...(group !== undefined && { group }),
          ...(tags.length > 0 && { tags }),
          ...(notes && { notes }),
        }
      : { project, id: resume, resume: 'must' as const }),
  })
  return run as unknown as Run
}

/** Reads a store of runs that are there already; writing is needed to notice that a run's process has died. */
export async function withStore<Result>(dir: string | undefined, read: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore(storeFile(dir ?? process.env.LOSSBOARD_DIR), { mode: 'write' })
  try {
    return await read(store)
  } finally {
    await store.close()
  }
}

/** Silent for this long, or its process gone: it will not go on by itself. */
const SILENT_MS = 60_000

/** The run, once it is known whether its process still lives. */
export async function freshState(store: Store, run: StoredRun): Promise<StoredRun> {
  await store.markCrashed(Date.now(), SILENT_MS)
  return (await store.run(run.id)) ?? run
}

/**
 * @param longer whether it is to be trained for longer than it was
 * @throws LossboardError `invalid_argument` when the run is still running, `run_finished` when there is nothing left to do
 */
export function checkResumable(run: StoredRun, longer: boolean): void {
  if (run.status === 'running')
    throw new LossboardError('invalid_argument', `run ${run.name} is still running (process ${run.environment.pid ?? 'unknown'}): stop it first`)
  if (run.status === 'finished' && !longer)
    throw new LossboardError('run_finished', `run ${run.name} is finished: to train it longer, give more train.epochs, or start a new run from it`)
}
