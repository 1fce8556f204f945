import { LossboardError } from '../../core/errors.ts'
import { checkFields, type FieldCheck, type FieldRules, finite, object, oneOf, orNull, text } from '../../core/ingest/check-fields.ts'
import type { OpenRunBody } from '../../core/ingest/protocol.ts'
import { nextSteps } from '../../core/next-step.ts'
import type { Run, RunEnvironment } from '../../core/run.ts'
import type { DeliveryState } from '../../db/delivery.ts'
import { randomId } from '../../db/random-id.ts'
import type { Store } from '../../db/store.ts'
import { CLOCK_FIELDS, checkBody, checkDepth, clocksOf, optional, shortText, shortTexts, wholeNumber, writerId } from './check-body.ts'
import { checkEnvironment } from './check-environment.ts'
import { clockShift } from './clock.ts'
import type { IngestTask } from './ingest-messages.ts'
import type { Answer, Desk } from './intake.ts'
import { readJson, unpack } from './unpack.ts'
import { checkProject } from './writer-pool.ts'

const FORK: FieldRules = { run: { check: shortText }, step: { check: wholeNumber } }
const STUDY: FieldRules = { id: { check: shortText }, variant: { check: text }, seed: optional(orNull(wholeNumber)) }

const within =
  (rules: FieldRules): FieldCheck =>
  (value, path) => {
    checkFields(value, path, rules)
    return null
  }

const OPEN: Record<keyof OpenRunBody, FieldRules[string]> = {
  writer: { check: writerId },
  id: optional(orNull(writerId)),
  project: { check: shortText },
  name: optional(orNull(shortText)),
  group: optional(orNull(shortText)),
  jobType: optional(orNull(shortText)),
  tags: optional(orNull(shortTexts)),
  notes: optional(orNull(text)),
  config: optional(object),
  environment: optional(object),
  seed: optional(orNull(wholeNumber)),
  startedAt: optional(finite),
  resume: optional(oneOf(['never', 'allow', 'must'])),
  forkFrom: optional(orNull(within(FORK))),
  study: optional(orNull(within(STUDY))),
  writerVersion: optional(shortText),
  ...CLOCK_FIELDS,
}

/** `POST /api/v1/runs` */
export async function openRun({ store, plan }: Desk, task: IngestTask): Promise<Answer> {
  const json = readJson(unpack(task, plan))
  checkBody(json, OPEN)
  const body = json as unknown as Omit<OpenRunBody, 'startedAt' | 'resume'> & Partial<OpenRunBody>
  const offset = clockShift(clocksOf(task, json))
  checkDepth(body.config, 'body.config')
  if (body.environment) checkEnvironment(body.environment, 'body.environment')
  const environment: RunEnvironment = { ...body.environment, ...(offset !== 0 && { clockOffsetMs: offset }) }
  const startedAt = body.startedAt === undefined ? task.receivedAt : body.startedAt + offset

  const known = await store.delivery(body.writer)
  if (known) return again(store, known, task.project)
  const run = body.id ? await store.run(body.id) : null
  checkProject(task.project, run?.project ?? body.project)
  if (run && (body.resume ?? 'never') === 'never') throw exists(run)
  if (!run && body.resume === 'must')
    throw new LossboardError('not_found', `resume is "must", and there is no run "${body.id ?? ''}" in this store: check the id, or send "allow"`)
  if (run) await resume(store, run, body, { startedAt, environment })
  else await create(store, body, { startedAt, environment }, task.project)
  const state = await store.delivery(body.writer)
  if (!state) throw new LossboardError('not_found', 'the run was removed while it was being made')
  return { status: 201, body: await describeSession(store, state) }
}

function exists(run: Run): LossboardError {
  return new LossboardError(
    'run_exists',
    `run "${run.id}" exists already (${run.name}, ${run.status}): send resume "allow" to continue it, or another id`,
  )
}

async function again(store: Store, state: DeliveryState, onlyProject: string | null): Promise<Answer> {
  const run = await store.run(state.runId)
  if (run) checkProject(onlyProject, run.project)
  return { status: 200, body: await describeSession(store, state) }
}

type Body = Omit<OpenRunBody, 'startedAt' | 'resume'>
interface Start {
  startedAt: number
  environment: RunEnvironment
}

async function create(store: Store, body: Body, start: Start, onlyProject: string | null): Promise<void> {
  const parent = body.forkFrom ? await store.findRun(body.forkFrom.run) : null
  // A fork shows its parent's points.
  if (parent) checkProject(onlyProject, parent.project)
  await store.createRun({
    id: body.id ?? randomId(),
    project: body.project,
    name: body.name ?? null,
    group: body.group ?? null,
    jobType: body.jobType ?? null,
    tags: body.tags ?? [],
    notes: body.notes ?? '',
    ...start,
    config: body.config ?? {},
    seed: body.seed ?? null,
    parentId: parent?.id ?? null,
    forkStep: body.forkFrom?.step ?? null,
    writerVersion: body.writerVersion ?? 'http',
    study: body.study ? { ...body.study, seed: body.study.seed ?? null } : null,
    writer: body.writer,
  })
}

async function resume(store: Store, run: Run, body: Body, start: Start): Promise<void> {
  await store.resumeRun(run.id, {
    forkStep: null,
    ...start,
    writer: body.writer,
    patch: {
      ...(body.config && { config: { ...run.config, ...body.config } }),
      ...(typeof body.name === 'string' && { name: body.name }),
      ...(typeof body.group === 'string' && { group: body.group }),
      ...(typeof body.jobType === 'string' && { jobType: body.jobType }),
      ...(Array.isArray(body.tags) && { tags: body.tags }),
      ...(typeof body.notes === 'string' && { notes: body.notes }),
    },
  })
}

export function describeRun(run: Run) {
  const { id, project, name, number, attempt, status, config, summary } = run
  return { id, project, name, number, attempt, status, config, summary }
}

async function describeSession(store: Store, state: DeliveryState) {
  const run = await store.run(state.runId)
  if (!run) throw new LossboardError('not_found', 'the run was removed')
  const { nextStep, nextLine } = nextSteps(await store.series(run.id), await store.recordKeys(run.id))
  return {
    ...describeRun(run),
    attempt: state.attempt,
    startedAt: run.startedAt,
    nextStep: Math.max(nextStep, run.parentId === null ? 0 : (run.forkStep ?? 0)),
    nextLine,
    lastSequence: state.lastSequence,
  }
}
