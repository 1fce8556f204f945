import { z } from 'zod'
import type { JsonObject } from '../../../core/run.ts'
import { DEFAULT_KINDS } from './default-kinds.ts'
import { labConfigSchema } from './lab-config.ts'

/**
 * JSON Schema (draft 2020-12) of a config file as people write it, for editors: name it in `$schema`.
 * `lossboard train --schema` prints it, and the package has it as `lossboard/lab.schema.json`.
 */
export function labConfigJsonSchema(): JsonObject {
  const schema = z.toJSONSchema(labConfigSchema, { io: 'input' }) as JsonObject
  const properties = schema.properties as Record<string, JsonObject>
  for (const part of Object.keys(DEFAULT_KINDS)) allowNoKind(properties[part] ?? {}, DEFAULT_KINDS[part as keyof typeof DEFAULT_KINDS])
  return { ...schema, title: 'Config of a Lossboard lab run' }
}

/** The default kind may be left out (see `fill-kinds.ts`). */
function allowNoKind(part: JsonObject, kind: string): void {
  for (const branch of (part.oneOf ?? part.anyOf ?? []) as JsonObject[]) {
    const fields = branch.properties as Record<string, JsonObject> | undefined
    if (fields?.kind?.const !== kind) continue
    branch.required = ((branch.required ?? []) as string[]).filter((name) => name !== 'kind')
  }
}
