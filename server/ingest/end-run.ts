import { LossboardError } from '../../core/errors.ts'
import { finite, oneOf, orNull } from '../../core/ingest/check-fields.ts'
import type { RunStatus } from '../../core/run.ts'
import { CLOCK_FIELDS, checkBody, clocksOf, line, optional, writerId } from './check-body.ts'
import { clockShift } from './clock.ts'
import type { IngestTask } from './ingest-messages.ts'
import type { Answer, Desk } from './intake.ts'
import { endSession } from './store-batch.ts'
import { readJson, unpack } from './unpack.ts'
import type { Session } from './writer-pool.ts'

const HEARTBEAT = { writer: { check: writerId }, ...CLOCK_FIELDS }
const FINISH = {
  ...HEARTBEAT,
  status: optional(oneOf(['finished', 'failed', 'interrupted', 'crashed'])),
  reason: optional(orNull(line)),
  endedAt: optional(orNull(finite)),
}

interface Finish {
  writer: string
  status?: RunStatus
  reason?: string | null
  endedAt?: number | null
}

/** `POST /api/v1/runs/{id}/heartbeat` */
export async function heartbeat(desk: Desk, task: IngestTask): Promise<Answer> {
  const body = readJson(unpack(task, desk.plan))
  checkBody(body, HEARTBEAT)
  const session = await desk.writers.get(body.writer as string, task.runId, task.project)
  return standing(desk, session, (run) => {
    if (run.status !== 'running' && run.status !== 'crashed') return false
    session.into.flush({})
    return true
  })
}

/** `POST /api/v1/runs/{id}/finish` */
export async function finishRun(desk: Desk, task: IngestTask): Promise<Answer> {
  const body = readJson(unpack(task, desk.plan))
  checkBody(body, FINISH)
  const { writer, status = 'finished', reason = null, endedAt } = body as unknown as Finish
  const offset = clockShift(clocksOf(task, body))
  const session = await desk.writers.get(writer, task.runId, task.project)
  const answer = await standing(desk, session, () => {
    const at = typeof endedAt === 'number' ? endedAt + offset : task.receivedAt
    session.into.flush({ patch: { status, statusReason: reason, endedAt: at } })
    return true
  })
  endSession(session, () => desk.writers.drop(writer))
  return answer
}

/** Does something about how the run stands, unless a newer attempt decides that, and tells how it stands then. */
async function standing(desk: Desk, session: Session, act: (run: { status: RunStatus }) => boolean): Promise<Answer> {
  const before = await desk.store.run(session.runId)
  if (!before) {
    desk.writers.drop(session.writer)
    throw new LossboardError('not_found', `run ${session.runId} was deleted`)
  }
  const applied = before.attempt === session.attempt && act(before)
  const { status } = (applied ? await desk.store.run(session.runId) : before) ?? before
  return { status: 200, body: { id: session.runId, attempt: session.attempt, status, applied } }
}
