import { LossboardError } from '../../../core/errors.ts'
import type { JsonObject } from '../../../core/run.ts'
import { describeIssues } from './describe-issues.ts'
import { fillKinds } from './fill-kinds.ts'
import { labConfigJsonSchema } from './json-schema.ts'
import { labConfigSchema, type ResolvedLabConfig } from './lab-config.ts'

/** A config that cannot be used. `problems` has every one of them, a line each; the message has them all in one line. */
export class LabConfigError extends LossboardError {
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
  ) {
    super('invalid_option', problems.length === 1 ? `${source}: ${problems[0]}` : `${source} has ${problems.length} problems: ${problems.join('; ')}`)
  }
}

let jsonSchema: JsonObject | null = null

/**
 * Checks a config and fills in its defaults.
 * @param source what to call it in messages, e.g. the name of its file
 * @throws LabConfigError (code `invalid_option`) with every problem: the dotted path, what is wrong, the nearest valid key or what is allowed
 */
export function parseLabConfig(value: unknown, source = 'config'): ResolvedLabConfig {
  const filled = fillKinds(value)
  const result = labConfigSchema.safeParse(filled)
  if (result.success) return result.data
  jsonSchema ??= labConfigJsonSchema()
  throw new LabConfigError(source, describeIssues(result.error.issues, filled, jsonSchema))
}
