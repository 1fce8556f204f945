import { isLayerRole, LAYER_ROLES, type Role, type RoleMapping, RUN_ROLES } from '../diagnosis/roles/role.ts'
import { splitRole } from '../diagnosis/roles/split-role.ts'
import { LossboardError } from '../errors.ts'
import { checkMetricName } from '../metric-name.ts'
import { nearMatches } from '../near-matches.ts'

/** What a metric may be said to stand for, with what it is: roles of the run first, then those that each layer has one of. */
export const ROLE_CHOICES: readonly { role: Role; what: string; ofLayer: boolean }[] = [
  ...Object.entries(RUN_ROLES).map(([role, what]) => ({ role: role as Role, what, ofLayer: false })),
  ...Object.entries(LAYER_ROLES).map(([role, what]) => ({ role: role as Role, what, ofLayer: true })),
]

/**
 * `val-loss`, `update-ratio:conv1` or `ignore`, as a mapping holds it.
 * @throws LossboardError `invalid_argument` naming near ones
 */
export function checkRole(metric: string, role: string): RoleMapping[string] {
  const word = role.trim()
  if (word === 'ignore') return word
  const { role: name, layer: written } = splitRole(word)
  const layer = written?.trim() ?? null
  const known = ROLE_CHOICES.find((choice) => choice.role === name)
  if (!known) {
    const near = nearMatches(
      name,
      ROLE_CHOICES.map((choice) => choice.role),
    )
    const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : `roles are ${ROLE_CHOICES.map((choice) => choice.role).join(', ')} and ignore`
    throw new LossboardError('invalid_argument', `"${word}" is no role a metric can have (for ${metric}): ${hint}`)
  }
  if (isLayerRole(known.role) && !layer)
    throw new LossboardError('invalid_argument', `${known.role} is of a layer: write ${metric}=${known.role}:NAME, with the name of the layer`)
  if (!isLayerRole(known.role) && layer !== null)
    throw new LossboardError('invalid_argument', `${known.role} is of the whole run: write ${metric}=${known.role}, without ":${layer}"`)
  return (layer === null ? known.role : `${known.role}:${layer}`) as RoleMapping[string]
}

/** @throws LossboardError `invalid_argument`, `invalid_metric_name` */
export function checkRoles(roles: Readonly<Record<string, string>>): RoleMapping {
  return Object.fromEntries(Object.entries(roles).map(([name, role]) => [checkMetricName(name), checkRole(name, role)]))
}
