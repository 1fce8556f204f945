import { describe } from '../../core/describe.ts'
import { LossboardError } from '../../core/errors.ts'
import type { RunEnvironment } from '../../core/run.ts'
import { checkDepth } from './check-body.ts'

type Check = readonly [what: string, is: (value: unknown) => boolean]

const isText = (value: unknown) => typeof value === 'string'
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const text: Check = ['a text', isText]
const number: Check = ['a number', Number.isFinite]

/** What the pages count on. A later client may know more about its machine: other fields are kept as they are. */
const FIELDS: Record<keyof RunEnvironment, Check> = {
  host: text,
  user: text,
  pid: number,
  processStartedAt: number,
  command: text,
  cwd: text,
  node: text,
  python: text,
  os: text,
  cpu: text,
  cores: number,
  memoryBytes: number,
  gpu: ['a list of texts', (value) => Array.isArray(value) && value.every(isText)],
  device: text,
  packages: ['an object of texts', (value) => isObject(value) && Object.values(value).every(isText)],
  git: [
    'an object with a text commit, true or false as dirty, and texts as branch, remote and diff',
    (value) =>
      isObject(value) &&
      isText(value.commit) &&
      typeof value.dirty === 'boolean' &&
      [value.branch, value.remote, value.diff].every((part) => part === undefined || isText(part)),
  ],
  writer: text,
  clockOffsetMs: number,
  source: ['an object', isObject],
}

/** Throws `invalid_value` naming the field. */
export function checkEnvironment(environment: RunEnvironment, path: string): void {
  checkDepth(environment, path)
  for (const [key, value] of Object.entries(environment)) {
    if (!Object.hasOwn(FIELDS, key)) continue
    const [what, is] = FIELDS[key as keyof RunEnvironment]
    if (!is(value)) throw new LossboardError('invalid_value', `${path}.${key} must be ${what}, got ${describe(value)}`)
  }
}
