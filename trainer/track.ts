import { LossboardError } from '../core/errors.ts'
import { describe } from '../core/kinds/check.ts'
import { formatError } from './format-error.ts'
import { startRun } from './init.ts'
import type { InitOptions } from './options.ts'
import type { Run } from './run.ts'

/**
 * Runs `callback` with a new run and takes the run's status from it: `finished` when it returns, `failed` with the error's message
 * when it throws, `interrupted` when it stops after `run.signal` was aborted. Returns what the callback returns, once all is stored.
 *
 * @throws what `init` throws, and the callback's own error
 */
export async function track<const Config extends object = Record<never, never>, Result = void>(
  options: InitOptions<Config>,
  callback: (run: Run<Config>) => Promise<Result> | Result,
): Promise<Result> {
  if (typeof callback !== 'function')
    throw new LossboardError('invalid_option', `track needs a function after the options, got ${describe(callback)}`)
  const run = startRun<Config>(options, true)
  try {
    const result = await callback(run)
    await run.finish()
    return result
  } catch (error) {
    await run.finish(run.isInterrupted ? {} : { status: 'failed', reason: formatError(error) })
    throw error
  }
}
