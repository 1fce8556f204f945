import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'
import { checkMetricName } from '../core/metric-name.ts'
import { LINK_ROLES, type LinkRole } from '../core/run-link.ts'
import type { NewLink, RecordPruning } from '../db/store.ts'
import { checkKeys } from './check-keys.ts'
import { checkStep } from './check-step.ts'
import { toJsonObject } from './to-json.ts'

const KEYS = ['role', 'step', 'hash', 'detail']

export interface LinkOptions {
  /** `checkpoint`: this run begins with weights of the other one; `member`: the other one is part of this one, an ensemble say. */
  role: LinkRole
  /** Step of the other run that is meant. */
  step?: number
  /** SHA-256 of the bytes that are meant, e.g. `blobHash` of the checkpoint's record. */
  hash?: string
  /** Plain JSON for people to read: which layers were taken, say. */
  detail?: object
}

/** The other run: its id, its name or #number when only one run has it, or anything that has its id, such as a `Run`. */
export type LinkTarget = string | { readonly id: string }

export function checkLink(target: unknown, options: unknown): NewLink {
  const problem = (text: string) => new LossboardError('invalid_option', `link: ${text}`)
  const id = typeof target === 'object' && target !== null && 'id' in target ? target.id : target
  if (typeof id !== 'string' || id.trim() === '') throw problem(`the other run must be an id, a name or a run, got ${describe(target)}`)
  if (typeof options !== 'object' || options === null) throw problem(`give { role: 'checkpoint' } or { role: 'member' }, got ${describe(options)}`)
  checkKeys('link', options, KEYS)
  const { role, step, hash, detail } = options as Record<string, unknown>
  if (!LINK_ROLES.includes(role as LinkRole)) throw problem(`role must be "${LINK_ROLES.join('" or "')}", got ${describe(role)}`)
  if (hash !== undefined && !(typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash)))
    throw problem(`hash must be a SHA-256 of 64 hexadecimal digits, got ${describe(hash)}`)
  return {
    to: id,
    role: role as LinkRole,
    step: step === undefined ? null : checkStep(step),
    hash: hash === undefined ? null : (hash as string),
    detail: toJsonObject(detail ?? {}, 'detail'),
  }
}

export function checkPruning(name: unknown, steps: unknown): RecordPruning {
  checkMetricName(name)
  if (!Array.isArray(steps)) throw new LossboardError('invalid_option', `pruneRecords: steps must be an array of steps, got ${describe(steps)}`)
  return { name: name as string, steps: steps.map(checkStep) }
}
