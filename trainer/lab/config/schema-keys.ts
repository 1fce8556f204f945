import { isPlainObject } from '../../../core/plain-json.ts'
import type { Json, JsonObject } from '../../../core/run.ts'

type Path = readonly PropertyKey[]

/** Keys that a config may have at `path`, given what it has there (its `kind` decides between alternatives). */
export function keysAt(schema: JsonObject, path: Path, config: unknown): string[] {
  const keys = new Set<string>()
  let places: { schema: JsonObject; value: unknown }[] = [{ schema, value: config }]
  for (const step of path)
    places = places.flatMap(({ schema, value }) =>
      alternatives(schema, value).flatMap((one) => {
        const next = child(one, step)
        return next ? [{ schema: next, value: childOf(value, step) }] : []
      }),
    )
  for (const { schema, value } of places)
    for (const one of alternatives(schema, value)) for (const key of Object.keys((one.properties ?? {}) as object)) keys.add(key)
  return [...keys]
}

/** Kinds of the part at the top of the config that `path` names; none for other places. */
export function kindsAt(schema: JsonObject, path: Path): string[] {
  const part = path.length === 1 ? child(schema, path[0] as PropertyKey) : undefined
  if (!part) return []
  return branches(part).flatMap((one) => {
    const kind = (one.properties as Record<string, JsonObject> | undefined)?.kind?.const
    return typeof kind === 'string' ? [kind] : []
  })
}

/** Dotted paths of every setting, of all kinds. */
export function allPaths(schema: JsonObject, prefix = ''): string[] {
  const paths = new Set<string>()
  for (const one of branches(schema)) {
    for (const [key, inner] of Object.entries((one.properties ?? {}) as Record<string, JsonObject>)) {
      paths.add(prefix + key)
      for (const path of allPaths(inner, `${prefix}${key}.`)) paths.add(path)
    }
  }
  return [...paths]
}

function branches(schema: JsonObject): JsonObject[] {
  const inner = (schema.oneOf ?? schema.anyOf ?? schema.allOf) as Json[] | undefined
  return [schema, ...(inner ?? []).flatMap((one) => branches(one as JsonObject))]
}

/** The branches that fit the value's kind; all of them when none does. */
function alternatives(schema: JsonObject, value: unknown): JsonObject[] {
  const all = branches(schema).filter((one) => one.properties !== undefined)
  const kind = isPlainObject(value) ? value.kind : undefined
  const fitting = all.filter((one) => ((one.properties as Record<string, JsonObject>).kind?.const ?? kind) === kind)
  return fitting.length > 0 ? fitting : all
}

function child(schema: JsonObject, step: PropertyKey): JsonObject | undefined {
  if (typeof step === 'number') return schema.items as JsonObject | undefined
  return (schema.properties as Record<string, JsonObject> | undefined)?.[String(step)]
}

function childOf(value: unknown, step: PropertyKey): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined
}
