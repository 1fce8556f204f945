import type { Json } from '../run.ts'
import { splitPath } from './config-path.ts'

/**
 * Config keys that say where, when and as what a run ran, not what it did. A pattern fits the end of a path from a dot on; with a leading
 * `/` only the whole path. `*` stands for anything. `:text` at its end: only where the value is text (`drop_path: 0.1` is no path).
 * Case counts, so that `*Dir` fits `dataDir` and not `bidir`.
 */
export const IGNORED_KEYS: readonly string[] = [
  ...['seed', 'seeds', 'seeds.*', '*_seed', '*Seed', 'random_state', 'randomState', 'rng', 'rng.*'],
  ...['/project', '/name', '/group', '/tags', '/tags.*', '/notes', '/job_type', '/jobType', '/resume', '/resume.*'],
  ...['run_id', 'runId', 'run_name', 'runName', 'exp_name', 'expName', 'experiment_name', 'experimentName', 'experiment_id', 'trial_id'],
  ...['wandb*', 'wandb*.*', 'mlflow*', 'mlflow*.*', 'comet*.*', 'tensorboard*', 'logger', 'logger.*'],
  ...['dir:text', '*_dir:text', '*Dir:text', '*_path:text', '*Path:text', 'path:text', 'paths.*', '*_file:text', '*File:text', 'output:text', 'cwd'],
  ...['timestamp', 'date:text', 'start_time', 'startTime', 'started_at', 'startedAt', 'created_at', 'createdAt'],
  ...['host', 'hostname', 'user', 'pid', 'device', 'devices', 'gpu', 'gpus', 'gpu_id', 'gpuId', 'gpu_ids', 'local_rank', 'rank', 'node_rank'],
  ...['num_workers', 'numWorkers', 'workers', 'n_jobs', 'threads', 'pin_memory', 'verbose', 'progress_bar'],
  ...['log_every*', 'logEvery*', 'log_interval', 'logInterval', 'log_freq', 'print_freq', 'log_level', 'logging.*'],
  ...['save_every*', 'saveEvery*', 'save_interval', '/checkpoints', '/checkpoints.*', '/snapshots', '/snapshots.*', '/probes', '/probes.*'],
  ...['git', 'git.*', 'git_*', 'commit', 'commit_hash'],
]

const compiled = new Map<string, RegExp>()

function expression(pattern: string): RegExp {
  let known = compiled.get(pattern)
  if (!known) {
    const anchored = pattern.startsWith('/')
    const body = (anchored ? pattern.slice(1) : pattern).replace(/:text$/, '')
    const text = body.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
    known = new RegExp(`${anchored ? '^' : '(^|\\.)'}${text.join('.*')}$`)
    compiled.set(pattern, known)
  }
  return known
}

/** Whether a setting is left out of comparisons. */
export function isIgnored(path: string, value: Json | undefined, patterns: readonly string[]): boolean {
  const plain = splitPath(path).join('.')
  return patterns.some((pattern) => (!pattern.endsWith(':text') || typeof value === 'string') && expression(pattern).test(plain))
}

/** Patterns that fit exactly these paths: what a study left out, to leave out again. */
export function exactPatterns(paths: readonly string[]): string[] {
  return paths.map((path) => `/${splitPath(path).join('.')}`)
}

/** Keys that hold the seed of a run which does not say it otherwise. */
const SEED_KEY = /(^|\.)(seed|random_state|random_seed|randomSeed|randomState)$/

/** The seed a flat config names: the shortest path that does. Null: none, or no whole number. */
export function seedInConfig(flat: ReadonlyMap<string, Json>): number | null {
  const paths = [...flat.keys()].filter((path) => SEED_KEY.test(path)).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  for (const path of paths) {
    const value = flat.get(path)
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (Number.isSafeInteger(number)) return number as number
  }
  return null
}
