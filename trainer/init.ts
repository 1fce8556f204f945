import { dirname, relative } from 'node:path'
import { LossboardError } from '../core/errors.ts'
import { randomId } from '../db/random-id.ts'
import { storeFile } from '../db/store-file.ts'
import type { InitOptions } from './options.ts'
import { checkOptions, withEnvironment } from './options.ts'
import { redactCommand } from './redact.ts'
import { Run } from './run.ts'
import { toJsonObject } from './to-json.ts'
import { warn } from './warn.ts'
import type { RunPlan } from './worker-messages.ts'

/**
 * Starts a run and returns it. Blocks until the store is open (some 0.1 s); when the store is locked or full, logging goes to memory
 * until it is free again.
 *
 * @throws LossboardError `invalid_option` for an unknown or wrong option; `store_not_writable`, `not_a_store`, `store_newer`,
 * `store_corrupt` when the store can never take the run; `not_found` when the run to resume or fork is missing
 */
export function init<const Config extends object = Record<never, never>>(options: InitOptions<Config> = {}): Run<Config> {
  return startRun<Config>(options, false)
}

/** The run of `init` (`ofTrack` false) or of `track`. */
export function startRun<Config extends object>(options: InitOptions<Config>, ofTrack: boolean): Run<Config> {
  const filled = withEnvironment(checkOptions(options), process.env)
  const plan = makePlan(filled)
  const disabled = filled.mode === 'disabled'
  if (!disabled) noteServer(plan)
  const run = new Run<Config>(plan, { disabled, captureConsole: filled.captureConsole ?? true, ofTrack })
  if (!disabled && !filled.quiet) announce(run)
  return run
}

function makePlan(options: InitOptions): RunPlan {
  const config = toJsonObject(options.config ?? {}, 'config')
  if ('update' in config)
    throw new LossboardError('invalid_option', 'config.update cannot be a key: run.config.update is the method that changes the config')
  const resume = typeof options.resume === 'boolean' ? (options.resume ? 'allow' : 'never') : (options.resume ?? 'never')
  if (resume !== 'never' && options.id === undefined)
    throw new LossboardError('invalid_option', 'resume needs to know which run: give id, or set LOSSBOARD_RUN_ID')
  if (resume !== 'never' && options.forkFrom)
    throw new LossboardError('invalid_option', 'resume continues a run and forkFrom starts a new one: give one of them')
  const seed = options.seed ?? (Number.isSafeInteger(config.seed) ? (config.seed as number) : null)
  return {
    location: storeFile(options.dir),
    id: options.id ?? randomId(),
    idGiven: options.id !== undefined,
    project: options.project ?? 'default',
    name: options.name ?? null,
    group: options.group ?? null,
    jobType: options.jobType ?? null,
    tags: options.tags ? [...new Set(options.tags)] : null,
    notes: options.notes ?? null,
    seed,
    study: options.study ? { id: options.study.id, variant: options.study.variant, seed: options.study.seed ?? seed } : null,
    config,
    resume,
    forkFrom: options.forkFrom ?? null,
    startedAt: Date.now(),
    command: redactCommand([...process.execArgv, ...process.argv.slice(1)]),
    programFolder: process.argv[1] ? dirname(process.argv[1]) : process.cwd(),
    systemMetrics: options.systemMetrics ?? true,
    saveGit: options.saveGit ?? true,
    diagnose: options.diagnose ?? true,
    stopOn: options.stopOn ?? null,
  }
}

/** Logging to a server comes with a later version: who asks for it must not believe it happens. */
function noteServer({ location }: RunPlan): void {
  const set = ['LOSSBOARD_URL', 'LOSSBOARD_TOKEN'].filter((name) => process.env[name])
  if (set.length > 0)
    warn(`${set.join(' and ')} ${set.length > 1 ? 'are' : 'is'} set, but this version cannot log to a server: logging to ${location}`)
}

function announce({ name, number, store }: Run<object>): void {
  const near = relative(process.cwd(), store ?? '')
  const path = near.startsWith('..') ? store : near
  warn(`run ${name}${number === null ? '' : ` (#${number})`} → ${path} · to watch: npx lossboard ${path}`)
}
