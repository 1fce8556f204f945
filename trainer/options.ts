import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'
import { nearMatches } from '../core/near-matches.ts'
import type { Resume } from './worker-messages.ts'

/** Options of `init` and `track`. Every one is optional; an explicit option wins over its environment variable. */
export interface InitOptions<Config extends object = Record<string, unknown>> {
  /** Runs of one project are shown and compared together. Default: LOSSBOARD_PROJECT, else "default". */
  project?: string
  /** Display name. Default: LOSSBOARD_NAME, else a made one such as `brave-otter-12`. */
  name?: string
  /** Hyperparameters and everything else that explains the run: plain JSON. Its type is that of `run.config`. LOSSBOARD_CONFIG gives the keys that are not in it. */
  config?: Config
  /** Runs that belong together, e.g. the seeds of one variant. Default: LOSSBOARD_GROUP. */
  group?: string
  /** What kind of job this is, e.g. "train" or "eval". */
  jobType?: string
  /** Labels to filter by. Default: LOSSBOARD_TAGS, separated by commas. */
  tags?: readonly string[]
  /** Free text about the run. Default: LOSSBOARD_NOTES. */
  notes?: string
  /** Random seed. Default: LOSSBOARD_SEED, else `config.seed` when it is a number. */
  seed?: number
  /** The store: a file ending in `.db`, or a folder for `lossboard.db`. Default: LOSSBOARD_DIR, else `./lossboard.db`. Not together with `url`. */
  dir?: string
  /** Log to this server (`http://host:6006`) instead of a store in a file, by way of a journal on this disk. Default: LOSSBOARD_URL, unless `dir` is given. */
  url?: string
  /** Write token of the server. It is kept nowhere. Default: LOSSBOARD_TOKEN. */
  token?: string
  /**
   * `online`: to the server when there is a `url`, else to the store. `offline`: only into a journal, for `lossboard sync`. `disabled`: nothing
   * is logged. Default: LOSSBOARD_MODE, else `online`.
   */
  mode?: 'online' | 'offline' | 'disabled'
  /** Run id: letters, digits, `-` and `_`, at most 64. Default: LOSSBOARD_RUN_ID, else a made one. */
  id?: string
  /** When a run with `id` exists: `never` (default) refuses, `allow` continues it, `must` also refuses when it is missing. true means `allow`. Default: LOSSBOARD_RESUME. */
  resume?: Resume | boolean
  /** Continue another run (id, name or #number) as a new one: its points before `step` are shown as this run's. */
  forkFrom?: { run: string; step: number }
  /** Its place in an ablation study: the study's id and the key of the variant; `seed` of the cell, default that of the run. Set by `ablate`. Default: LOSSBOARD_STUDY. */
  study?: { id: string; variant: string; seed?: number | null }
  /** Keep what is printed to stdout and stderr. Default true. */
  captureConsole?: boolean
  /** Sample CPU, memory and GPUs every 10 s. Default true. */
  systemMetrics?: boolean
  /** Keep git commit, branch and uncommitted changes. Default true. */
  saveGit?: boolean
  /** Say in the console, one line each, what goes wrong with the training. Default: LOSSBOARD_DIAGNOSE, else true. */
  diagnose?: boolean
  /** Abort `run.signal` at the first finding so grave. It takes over Ctrl-C like every use of the signal. Default: LOSSBOARD_STOP_ON, else never. */
  stopOn?: 'critical' | 'warning'
  /** Do not print the line about the run at the start. Default: LOSSBOARD_QUIET. */
  quiet?: boolean
}

type Check = (value: unknown) => string | null

const a =
  (what: string, is: (value: unknown) => boolean): Check =>
  (value) =>
    is(value) ? null : `must be ${what}, got ${describe(value)}`
const isText = (max: number) => (value: unknown) => typeof value === 'string' && value.trim() !== '' && value.length <= max
const boolean = a('true or false', (value) => typeof value === 'boolean')
const shortText = a('a text of 1 to 250 characters', isText(250))
const anObject = a('an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value))

const CHECKS: Record<keyof InitOptions, Check> = {
  project: shortText,
  name: shortText,
  config: anObject,
  group: shortText,
  jobType: shortText,
  tags: a('an array of texts of 1 to 250 characters', (value) => Array.isArray(value) && value.every(isText(250))),
  notes: a('a text', (value) => typeof value === 'string'),
  seed: a('a whole number', Number.isSafeInteger),
  dir: a('a path', isText(4096)),
  url: a('the address of a server, for example http://127.0.0.1:6006', isText(2048)),
  token: a('a token of the server', isText(1000)),
  mode: a('"online", "offline" or "disabled"', (value) => value === 'online' || value === 'offline' || value === 'disabled'),
  id: a('1 to 64 letters, digits, - and _', (value) => typeof value === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(value)),
  resume: a('"never", "allow", "must", true or false', (value) => typeof value === 'boolean' || ['never', 'allow', 'must'].includes(value as string)),
  forkFrom: (value) => anObject(value) ?? checkFork(value as Record<string, unknown>),
  study: (value) => anObject(value) ?? checkStudy(value as Record<string, unknown>),
  captureConsole: boolean,
  systemMetrics: boolean,
  saveGit: boolean,
  diagnose: boolean,
  stopOn: a('"critical" or "warning"', (value) => value === 'critical' || value === 'warning'),
  quiet: boolean,
}

function checkFork(value: Record<string, unknown>): string | null {
  const odd = Object.keys(value).find((key) => key !== 'run' && key !== 'step')
  if (odd !== undefined) return `has an unknown key "${odd}": write { run: 'name or id', step: 1000 }`
  if (!isText(250)(value.run)) return `needs run: the id, name or #number of the run to continue, got ${describe(value.run)}`
  return Number.isSafeInteger(value.step) ? null : `needs step: the first step of the new run, a whole number, got ${describe(value.step)}`
}

function checkStudy(value: Record<string, unknown>): string | null {
  const odd = Object.keys(value).find((key) => key !== 'id' && key !== 'variant' && key !== 'seed')
  if (odd !== undefined) return `has an unknown key "${odd}": write { id, variant, seed }`
  if (!isText(64)(value.id)) return `needs id: the id of the study, got ${describe(value.id)}`
  if (!isText(1000)(value.variant)) return `needs variant: the key of a variant, got ${describe(value.variant)}`
  return value.seed === undefined || value.seed === null || Number.isSafeInteger(value.seed)
    ? null
    : `seed must be a whole number, got ${describe(value.seed)}`
}

export const OPTION_NAMES = Object.keys(CHECKS)

/** Checks the options of a call; the first wrong one throws `invalid_option`, with the nearest known name when it is unknown. */
export function checkOptions(options: unknown): InitOptions {
  const given: unknown = options ?? {}
  const problem = anObject(given)
  if (problem) throw new LossboardError('invalid_option', `options ${problem}`)
  for (const [key, value] of Object.entries(given as object)) {
    if (!Object.hasOwn(CHECKS, key)) throw unknownOption(key)
    checkOption(key as keyof InitOptions, value, `option ${key}`)
  }
  return given as InitOptions
}

function checkOption(key: keyof InitOptions, value: unknown, name: string): void {
  const problem = value === undefined ? null : CHECKS[key](value)
  if (problem) throw new LossboardError('invalid_option', `${name} ${problem}`)
}

function unknownOption(key: string): LossboardError {
  const [nearest] = nearMatches(key, OPTION_NAMES, 1)
  return new LossboardError(
    'invalid_option',
    `unknown option "${key}": ${nearest ? `did you mean "${nearest}"?` : `the options are ${OPTION_NAMES.join(', ')}`}`,
  )
}

const SWITCH: Record<string, boolean> = { '1': true, true: true, yes: true, '0': false, false: false, no: false }

/** Text that is no JSON is left as it is: the check of the option then says what is wrong. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Which environment variable stands in for which option, and how its text is read. */
const ENVIRONMENT: [variable: string, option: keyof InitOptions, read: (text: string) => unknown][] = [
  ['LOSSBOARD_PROJECT', 'project', String],
  ['LOSSBOARD_NAME', 'name', String],
  ['LOSSBOARD_GROUP', 'group', String],
  ['LOSSBOARD_TAGS', 'tags', (text) => text.split(',').flatMap((tag) => tag.trim() || [])],
  ['LOSSBOARD_NOTES', 'notes', String],
  ['LOSSBOARD_CONFIG', 'config', readJson],
  ['LOSSBOARD_SEED', 'seed', (text) => (/^-?\d+$/.test(text) ? Number(text) : text)],
  ['LOSSBOARD_STUDY', 'study', readJson],
  ['LOSSBOARD_DIR', 'dir', String],
  ['LOSSBOARD_URL', 'url', String],
  ['LOSSBOARD_TOKEN', 'token', String],
  ['LOSSBOARD_MODE', 'mode', String],
  ['LOSSBOARD_RUN_ID', 'id', String],
  ['LOSSBOARD_RESUME', 'resume', (text) => SWITCH[text] ?? text],
  ['LOSSBOARD_DIAGNOSE', 'diagnose', (text) => SWITCH[text] ?? text],
  ['LOSSBOARD_STOP_ON', 'stopOn', String],
  ['LOSSBOARD_QUIET', 'quiet', (text) => SWITCH[text] ?? text],
]

export const OPTION_VARIABLES = ENVIRONMENT.map(([variable]) => variable)

/** The options with the environment's defaults filled in; an empty variable counts as not set. */
export function withEnvironment(options: InitOptions, environment: NodeJS.ProcessEnv): InitOptions {
  const filled: Record<string, unknown> = { ...options }
  for (const [variable, option, read] of ENVIRONMENT) {
    const text = environment[variable]
    if (text === undefined || text === '') continue
    const given = filled[option]
    // A config is completed, not replaced: a script may have settings of its own.
    if (given !== undefined && option !== 'config') continue
    filled[option] = read(text)
    checkOption(option, filled[option], variable)
    if (given !== undefined) filled[option] = { ...(filled[option] as object), ...given }
  }
  return filled as InitOptions
}
