import { recognise } from './recognise.ts'
import type { Assignment, LayerRole, Role, RoleMapping } from './role.ts'
import { splitRole } from './split-role.ts'

/** What a name means: what the mapping says, else what it is recognised as. */
export function readAssignment(name: string, mapping: RoleMapping): Assignment | null {
  const said = Object.hasOwn(mapping, name) ? mapping[name] : undefined
  if (said === undefined) return recognise(name)
  if (said === 'ignore') return null
  const { role, layer } = splitRole(said)
  return layer === null ? { role: role as Role, layer, scale: 'as-is', rank: 0 } : { role: role as LayerRole, layer, scale: 'as-is', rank: 0 }
}
