import { recognise } from './recognise.ts'
import type { Assignment, LayerRole, Role, RoleMapping } from './role.ts'

/** What a name means: what the mapping says, else what it is recognised as. */
export function readAssignment(name: string, mapping: RoleMapping): Assignment | null {
  const said = Object.hasOwn(mapping, name) ? mapping[name] : undefined
  if (said === undefined) return recognise(name)
  if (said === 'ignore') return null
  const colon = said.indexOf(':')
  if (colon < 0) return { role: said as Role, layer: null, scale: 'as-is', rank: 0 }
  return { role: said.slice(0, colon) as LayerRole, layer: said.slice(colon + 1), scale: 'as-is', rank: 0 }
}
