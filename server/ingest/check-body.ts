import { describe } from '../../core/describe.ts'
import { isLossboardError, LossboardError } from '../../core/errors.ts'
import { WRITER_ID } from '../../core/ingest/batch-bytes.ts'
import { checkFields, type FieldCheck, type FieldRule, type FieldRules, finite, oneOf } from '../../core/ingest/check-fields.ts'
import type { Clocks } from './clock.ts'
import type { IngestTask } from './ingest-messages.ts'

const one =
  (what: string, is: (value: unknown) => boolean): FieldCheck =>
  (value) =>
    is(value) ? null : what

export const shortText = one('a text of 1 to 250 characters', (value) => typeof value === 'string' && value.trim() !== '' && value.length <= 250)
export const shortTexts = one(
  'a list of at most 100 texts of 1 to 250 characters',
  (value) => Array.isArray(value) && value.length <= 100 && value.every((item) => shortText(item, '') === null),
)
export const wholeNumber = one('a whole number', Number.isSafeInteger)
export const writerId = one('1 to 64 letters, digits, - and _', (value) => typeof value === 'string' && WRITER_ID.test(value))
export const line = one('one line of at most 2000 characters', (value) => typeof value === 'string' && value.length <= 2_000 && !/[\r\n]/.test(value))

export const optional = (check: FieldCheck): FieldRule => ({ check, optional: true })

/** What any JSON body may say of the client's clock. */
export const CLOCK_FIELDS = { sentAt: optional(finite), clock: optional(oneOf(['adjust'])) } satisfies FieldRules

/** Checks the fields of a body. Throws `unknown_field`, or `invalid_argument` naming the field. */
export function checkBody(body: Record<string, unknown>, rules: FieldRules): void {
  try {
    checkFields(body, 'body', rules)
  } catch (error) {
    throw isLossboardError(error) && error.code === 'malformed_batch' ? new LossboardError('invalid_argument', error.message) : error
  }
}

/** The header wins: a body may have been kept for long. */
export function clocksOf(task: IngestTask, body: Record<string, unknown>): Clocks {
  const { sentAt, adjustClock, receivedAt } = task
  return {
    sentAt: sentAt ?? (typeof body.sentAt === 'number' ? body.sentAt : null),
    adjustClock: adjustClock || body.clock === 'adjust',
    receivedAt,
  }
}

const DEPTH_MAX = 64

/** Refuses JSON nested deeper than any page could show: whoever walks it later must not run out of stack. */
export function checkDepth(value: unknown, path: string, left = DEPTH_MAX): void {
  if (typeof value !== 'object' || value === null) return
  if (left === 0) throw new LossboardError('invalid_value', `${path} is nested more than ${DEPTH_MAX} levels deep`)
  for (const item of Object.values(value)) checkDepth(item, path, left - 1)
}

export function wrongStep(path: string, value: unknown): LossboardError {
  return new LossboardError('invalid_step', `${path} must be a whole number between -2^53 and 2^53, got ${describe(value)}`)
}
