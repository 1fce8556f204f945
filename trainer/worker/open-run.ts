import { randomBytes } from 'node:crypto'
import { LossboardError } from '../../core/errors.ts'
import { nextSteps } from '../../core/next-step.ts'
import type { Run, RunEnvironment } from '../../core/run.ts'
import { VERSION } from '../../core/version.ts'
import { openStore } from '../../db/open.ts'
import type { RunWriter, Store } from '../../db/store.ts'
import { warn } from '../warn.ts'
import type { RunPlan } from '../worker-messages.ts'

export interface OpenRun {
  store: Store
  writer: RunWriter
  run: Run
  /** Step of the next `log` call without one. */
  nextStep: number
  /** Number of the next console line. */
  nextLine: number
}

/** Waiting longer would hold up a training script's first line; a locked store is tried again while training goes on. */
const FIRST_TIMEOUT_MS = 1_000
const LATER_TIMEOUT_MS = 50

/**
 * Opens the store and makes, resumes or forks the run.
 * @param late true once `init` has returned: nobody can be told "no" any more, so a wrong id no longer stops the run from being stored
 */
export async function openRun(plan: RunPlan, environment: RunEnvironment, late: boolean): Promise<OpenRun> {
  const store = await openStore(plan.location, { mode: 'create', busyTimeoutMs: late ? LATER_TIMEOUT_MS : FIRST_TIMEOUT_MS })
  try {
    for (const warning of (await store.info()).warnings) warn(warning)
    const known = plan.idGiven ? await store.run(plan.id) : null
    if (known && plan.resume !== 'never') return await resume(store, plan, known, environment)
    const problem = known ? exists(plan, known) : plan.resume === 'must' ? missing(plan) : null
    if (problem && !late) throw problem
    const id = known ? `${plan.id}-${randomBytes(3).toString('hex')}` : plan.id
    if (problem) warn(`${problem.message}. Training has begun, so it is stored as a new run, ${id}`)
    return await create(store, { ...plan, id }, environment)
  } catch (error) {
    await store.close()
    throw error
  }
}

function exists(plan: RunPlan, run: Run): LossboardError {
  return new LossboardError(
    'invalid_option',
    `run "${plan.id}" exists already (${run.name}, ${run.status}): set resume to "allow" to continue it, or give another id`,
  )
}

function missing(plan: RunPlan): LossboardError {
  return new LossboardError('not_found', `resume is "must", but ${plan.location} has no run "${plan.id}": check the id, or set resume to "allow"`)
}

async function create(store: Store, plan: RunPlan, environment: RunEnvironment): Promise<OpenRun> {
  const parent = plan.forkFrom ? await store.findRun(plan.forkFrom.run) : null
  const writer = await store.createRun({
    id: plan.id,
    project: plan.project,
    name: plan.name,
    group: plan.group,
    jobType: plan.jobType,
    tags: plan.tags ?? [],
    notes: plan.notes ?? '',
    startedAt: plan.startedAt,
    config: plan.config,
    environment,
    seed: plan.seed,
    parentId: parent?.id ?? null,
    forkStep: plan.forkFrom?.step ?? null,
    writerVersion: VERSION,
    study: plan.study,
  })
  const run = await stored(store, plan.id)
  return { store, writer, run, nextStep: plan.forkFrom?.step ?? 0, nextLine: 0 }
}

async function resume(store: Store, plan: RunPlan, known: Run, environment: RunEnvironment): Promise<OpenRun> {
  const { nextStep, nextLine } = nextSteps(await store.series(known.id), await store.recordKeys(known.id))
  const writer = await store.resumeRun(known.id, { forkStep: null, startedAt: plan.startedAt, environment })
  const config = { ...known.config, ...plan.config }
  writer.flush({
    patch: {
      config,
      ...(plan.name !== null && { name: plan.name }),
      ...(plan.group !== null && { group: plan.group }),
      ...(plan.jobType !== null && { jobType: plan.jobType }),
      ...(plan.tags !== null && { tags: plan.tags }),
      ...(plan.notes !== null && { notes: plan.notes }),
    },
  })
  return { store, writer, run: await stored(store, known.id), nextStep, nextLine }
}

async function stored(store: Store, id: string): Promise<Run> {
  const run = await store.run(id)
  if (!run) throw new LossboardError('not_found', `run ${id} was removed while it was being opened`)
  return run
}
