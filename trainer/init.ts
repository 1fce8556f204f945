import { dirname, join, relative } from 'node:path'
import { LossboardError } from '../core/errors.ts'
import { JOURNAL_FOLDER } from '../core/ingest/journal.ts'
import { randomId } from '../db/random-id.ts'
import { storeFile } from '../db/store-file.ts'
import { serverAddress } from './journal/server-address.ts'
import type { InitOptions } from './options.ts'
import { checkOptions, withEnvironment } from './options.ts'
import { redactCommand } from './redact.ts'
import { Run } from './run.ts'
import { toJsonObject } from './to-json.ts'
import { warn } from './warn.ts'
import type { RunPlan, ServerPlan } from './worker-messages.ts'

/**
 * Starts a run and returns it. Blocks until the store is open (some 0.1 s); when the store is locked or full, logging goes to memory
 * until it is free again. With a `url`, blocks until the server has answered, 2 s at most: then training starts without it.
 *
 * @throws LossboardError `invalid_option` for an unknown or wrong option; `store_not_writable`, `not_a_store`, `store_newer`,
 * `store_corrupt` when the store can never take the run; `not_found` when the run to resume or fork is missing
 */
export function init<const Config extends object = Record<never, never>>(options: InitOptions<Config> = {}): Run<Config> {
  return startRun<Config>(options, false)
}

/** The run of `init` (`ofTrack` false) or of `track`. */
export function startRun<Config extends object>(options: InitOptions<Config>, ofTrack: boolean): Run<Config> {
  const checked = checkOptions(options)
  if (checked.url !== undefined && checked.dir !== undefined)
    throw new LossboardError('invalid_option', 'url logs to a server and dir to a store in a file: give one of them')
  // A dir that is given means that store, whatever the environment says.
  const inFile = checked.dir !== undefined
  const filled = withEnvironment(checked, inFile ? { ...process.env, LOSSBOARD_URL: '' } : process.env)
  const plan = makePlan(filled, inFile)
  const disabled = filled.mode === 'disabled'
  if (!disabled && !filled.quiet && inFile && process.env.LOSSBOARD_URL) warn(`LOSSBOARD_URL is set, but dir is given: logging to ${plan.location}`)
  const run = new Run<Config>(plan, { disabled, captureConsole: filled.captureConsole ?? true, ofTrack })
  if (!disabled && !filled.quiet) announce(run)
  return run
}

function makePlan(options: InitOptions, inFile: boolean): RunPlan {
  const config = toJsonObject(options.config ?? {}, 'config')
  if ('update' in config)
    throw new LossboardError('invalid_option', 'config.update cannot be a key: run.config.update is the method that changes the config')
  const resume = typeof options.resume === 'boolean' ? (options.resume ? 'allow' : 'never') : (options.resume ?? 'never')
  if (resume !== 'never' && options.id === undefined)
    throw new LossboardError('invalid_option', 'resume needs to know which run: give id, or set LOSSBOARD_RUN_ID')
  if (resume !== 'never' && options.forkFrom)
    throw new LossboardError('invalid_option', 'resume continues a run and forkFrom starts a new one: give one of them')
  const seed = options.seed ?? (Number.isSafeInteger(config.seed) ? (config.seed as number) : null)
  const location = storeFile(options.dir)
  const id = options.id ?? randomId()
  return {
    location,
    server: inFile ? null : serverPlan(options, id, dirname(location)),
    id,
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

/** The server to log to, or the journal for one that is named later; null: the store. */
function serverPlan({ url, token, mode }: InitOptions, runId: string, folder: string): ServerPlan | null {
  const address = url === undefined ? null : serverAddress(url, url === process.env.LOSSBOARD_URL ? 'LOSSBOARD_URL' : 'option url')
  if (address === null && mode !== 'offline') return null
  const writer = `${runId.slice(0, 40)}-${randomId()}${randomId()}`
  return { url: address, token: token ?? null, online: mode !== 'offline', writer, journal: join(folder, JOURNAL_FOLDER, writer) }
}

function announce({ name, number, store, url, id }: Run<object>): void {
  const shown = `run ${name}${number === null ? '' : ` (#${number})`}`
  if (url !== null) warn(`${shown} → ${url} · to watch: ${url}/runs/${id}`)
  else if (store !== null) {
    const near = relative(process.cwd(), store)
    const path = near.startsWith('..') ? store : near
    warn(`${shown} → ${path} · to watch: npx lossboard ${path}`)
  }
}
