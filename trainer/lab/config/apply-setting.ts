import { LossboardError } from '../../../core/errors.ts'
import { isPlainObject } from '../../../core/plain-json.ts'
import { fillKinds } from './fill-kinds.ts'
import { labConfigJsonSchema } from './json-schema.ts'
import { keysAt } from './schema-keys.ts'

/**
 * A copy of the config with one setting changed by its dotted path, as `--set optimizer.lr=1e-3` does. Parts on the way that are
 * missing are made. Changing a `kind` drops the options that the new kind does not have; `dropped` names them.
 * Whether the result is valid, `parseLabConfig` says.
 */
export function applySetting(config: unknown, path: string, value: unknown): { config: unknown; dropped: string[] } {
  const steps = path.split('.')
  const last = steps.pop() ?? ''
  if (last === '' || steps.includes('')) throw new LossboardError('invalid_option', `"${path}" is no path of a setting: write it as optimizer.lr`)
  const root = structuredClone(fillKinds(config ?? {}))
  if (!isPlainObject(root)) throw new LossboardError('invalid_option', `"${path}" cannot be set: the config is no object`)
  let place: Record<string, unknown> = root
  for (const [index, step] of steps.entries()) {
    const next = place[step] ?? {}
    if (!isPlainObject(next))
      throw new LossboardError(
        'invalid_option',
        `${path} cannot be set: ${steps.slice(0, index + 1).join('.')} is ${JSON.stringify(next)}, which has no keys`,
      )
    place[step] = next
    place = next
  }
  const changed = place[last] !== value
  place[last] = value
  return { config: root, dropped: last === 'kind' && changed ? dropForeign(root, steps, place) : [] }
}

function dropForeign(root: unknown, steps: readonly string[], place: Record<string, unknown>): string[] {
  const known = keysAt(labConfigJsonSchema(), steps, root)
  const foreign = Object.keys(place).filter((key) => known.length > 0 && !known.includes(key))
  for (const key of foreign) delete place[key]
  return foreign.map((key) => [...steps, key].join('.'))
}
