import { LossboardError } from '../../core/errors.ts'
import type { RunPatch } from '../../core/flush-batch.ts'
import { flag, object, orNull, text } from '../../core/ingest/check-fields.ts'
import { CLOCK_FIELDS, checkBody, optional, shortText, shortTexts } from './check-body.ts'
import { checkPatch } from './check-content.ts'
import type { IngestTask } from './ingest-messages.ts'
import type { Answer, Desk } from './intake.ts'
import { describeRun } from './open-run.ts'
import { readJson, unpack } from './unpack.ts'
import { checkProject } from './writer-pool.ts'

const PATCH = {
  name: optional(shortText),
  group: optional(orNull(shortText)),
  jobType: optional(orNull(shortText)),
  tags: optional(shortTexts),
  notes: optional(text),
  archived: optional(flag),
  config: optional(object),
  summary: optional(object),
  ...CLOCK_FIELDS,
}

/** `PATCH /api/v1/runs/{id}` */
export async function patchRun({ store, plan }: Desk, task: IngestTask): Promise<Answer> {
  const body = readJson(unpack(task, plan))
  checkBody(body, PATCH)
  const { sentAt: _, clock: __, ...patch } = body as RunPatch & { sentAt?: number; clock?: string }
  checkPatch(patch, 'body')
  const run = await store.run(task.runId)
  if (!run) throw new LossboardError('not_found', `there is no run ${task.runId.slice(0, 64)} in this store`)
  checkProject(task.project, run.project)
  const merged = {
    ...patch,
    ...(patch.config && { config: { ...run.config, ...patch.config } }),
    ...(patch.summary && { summary: { ...run.summary, ...patch.summary } }),
  }
  return { status: 200, body: describeRun(await store.updateRun(run.id, merged)) }
}
