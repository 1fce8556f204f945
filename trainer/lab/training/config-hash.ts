import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../../../core/run.ts'
import type { Seeds } from '../config/derive-seeds.ts'
import type { ResolvedLabConfig } from '../config/lab-config.ts'

/** The config as the run records it: everything that decides the training, all seeds spelled out; what only labels the run is not in it. */
export function recordedConfig(config: ResolvedLabConfig, seeds: Seeds): JsonObject {
  const { $schema: _schema, project: _project, name: _name, group: _group, tags: _tags, notes: _notes, ...decisive } = config
  return { ...decisive, seeds } as unknown as JsonObject
}

/** SHA-256 over the recorded config, keys in order. How long to train is left out: a run may be resumed to train longer. */
export function configHash(recorded: JsonObject): string {
  const { epochs: _epochs, maxSteps: _maxSteps, ...train } = (recorded.train ?? {}) as JsonObject
  return createHash('sha256')
    .update(canonical({ ...recorded, train }))
    .digest('hex')
}

function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] as Json)}`)
    .join(',')}}`
}
