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
  stopped_by_finding: { exit: 9, http: 409 },
  run_exists: { exit: 2, http: 409 },
  token_missing: { exit: 8, http: 401 },
  token_unknown: { exit: 8, http: 401 },
  token_revoked: { exit: 8, http: 401 },
  token_expired: { exit: 8, http: 401 },
  token_scope: { exit: 8, http: 403 },
  token_project: { exit: 8, http: 403 },
  method_not_allowed: { exit: 2, http: 405 },
  unsupported_media_type: { exit: 2, http: 415 },
  clock_off: { exit: 2, http: 400 },
  sequence_gap: { exit: 2, http: 409 },
  too_large: { exit: 2, http: 413 },
  request_timeout: { exit: 5, http: 408 },
  rate_limited: { exit: 5, http: 429 },
  server_busy: { exit: 5, http: 503 },
  server_away: { exit: 9, http: 502 },
} as const satisfies Record<string, { exit: number; http: number }>

export type ErrorCode = keyof typeof ERRORS

export type ErrorFacts = Record<string, string | number | null>

/** An expected failure, told to a person: what was wrong, where, and what to do. */
export class LossboardError extends Error {
  override readonly name = 'LossboardError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { cause?: unknown; facts?: ErrorFacts },
  ) {
    // One line, also when a name or path in it has several.
    super(message.replaceAll(/\s*[\r\n]+\s*/g, ' '), options)
    if (options?.facts) this.facts = options.facts
  }

  /** What of the message a program may act on, such as the number that was expected. Answers of the HTTP API carry them beside code and message. */
  readonly facts?: ErrorFacts
}

/** True for errors of this table, also when two copies of the library are loaded. */
export function isLossboardError(error: unknown): error is LossboardError {
  return error instanceof Error && error.name === 'LossboardError' && 'code' in error
}
