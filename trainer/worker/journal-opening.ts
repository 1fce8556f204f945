import { relative } from 'node:path'
import { ERRORS, type ErrorCode, LossboardError } from '../../core/errors.ts'
import type { JournalOpening } from '../../core/ingest/journal.ts'
import type { RunEnvironment } from '../../core/run.ts'
import { VERSION } from '../../core/version.ts'
import type { UploadStep } from '../journal/journal-upload.ts'
import type { RunPlan, ServerPlan } from '../worker-messages.ts'

/** What makes the run of a plan, for `open.json`. */
export function makeOpening(plan: RunPlan, server: ServerPlan, environment: RunEnvironment): JournalOpening {
  const { id, project, name, group, jobType, tags, notes, config, seed, startedAt, resume, forkFrom, study } = plan
  return {
    version: 1,
    url: server.url,
    run: {
      writer: server.writer,
      id,
      project,
      name,
      group,
      jobType,
      tags,
      notes,
      config,
      environment,
      seed,
      startedAt,
      resume,
      forkFrom,
      study,
      writerVersion: VERSION,
    },
  }
}

/** A token can be mended while the training runs; a wrong id or project cannot. */
export function isAboutAccess({ status, code }: { status: number; code: string }): boolean {
  return status === 401 || status === 403 || code === ''
}

/** A server's no to a run, as `init` throws it. */
export function refusal({ code, why }: Extract<UploadStep, { state: 'refused' }>, url: string): LossboardError {
  return new LossboardError(Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : 'invalid_option', `${url} refuses the run: ${why}`)
}

/** A path as people write it here. */
export function near(path: string): string {
  const from = relative(process.cwd(), path)
  return from.startsWith('..') ? path : from
}
