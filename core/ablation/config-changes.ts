import { canonicalJson, flattenConfig, keyPart } from '../config-diff.ts'
import type { Json, JsonObject } from '../run.ts'
import type { StudyChange } from './study.ts'

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

/** Paths of the settings below a value that takes the place of, or gives way to, something that is no object. */
function below(value: Json | undefined, path: string): string[] {
  return isObject(value) ? [...flattenConfig(value).keys()].map((key) => `${path}.${key}`) : []
}

/** In what a config differs from another, setting by setting; a part that was switched off or on as a whole is one change. */
export function configChanges(from: JsonObject, to: JsonObject): StudyChange[] {
  const changes: StudyChange[] = []
  const walk = (before: JsonObject, after: JsonObject, prefix: string) => {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const path = prefix === '' ? keyPart(key) : `${prefix}.${keyPart(key)}`
      const a = Object.hasOwn(before, key) ? before[key] : undefined
      const b = Object.hasOwn(after, key) ? after[key] : undefined
      if (isObject(a) && isObject(b)) walk(a, b, path)
      else if (a === undefined || b === undefined || canonicalJson(a) !== canonicalJson(b))
        changes.push({ path, from: a, to: b, folded: [...below(a, path), ...below(b, path)] })
    }
  }
  walk(from, to, '')
  return changes
}
