/**
 * Every error Lossboard raises on purpose, in one table. A test keeps docs/errors.md in step with it.
 *
 * `exit` is the process exit code of the command line, `http` the status of the server.
 */
export const ERRORS = {
  invalid_metric_name: { exit: 2, http: 400 },
  invalid_value: { exit: 2, http: 400 },
  invalid_step: { exit: 2, http: 400 },
  invalid_option: { exit: 2, http: 400 },
  invalid_argument: { exit: 2, http: 400 },
  malformed_batch: { exit: 2, http: 400 },
  unknown_field: { exit: 2, http: 400 },
  not_found: { exit: 3, http: 404 },
  not_a_store: { exit: 4, http: 422 },
  store_corrupt: { exit: 4, http: 422 },
  store_newer: { exit: 4, http: 422 },
  store_not_writable: { exit: 5, http: 403 },
  store_busy: { exit: 5, http: 503 },
  disk_full: { exit: 5, http: 507 },
  port_taken: { exit: 6, http: 500 },
  missing_dependency: { exit: 7, http: 500 },
  forbidden: { exit: 8, http: 403 },
  run_finished: { exit: 2, http: 409 },
} as const satisfies Record<string, { exit: number; http: number }>

export type ErrorCode = keyof typeof ERRORS

/** An expected failure, told to a person: what was wrong, where, and what to do. */
export class LossboardError extends Error {
  override readonly name = 'LossboardError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    // One line, also when a name or path in it has several.
    super(message.replaceAll(/\s*[\r\n]+\s*/g, ' '), options)
  }
}

/** True for errors of this table, also when two copies of the library are loaded. */
export function isLossboardError(error: unknown): error is LossboardError {
  return error instanceof Error && error.name === 'LossboardError' && 'code' in error
}
