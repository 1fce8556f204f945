import { splitRole } from '../../core/diagnosis/roles/split-role.ts'

/** A role that each layer has one of, as a select holds it: `update-ratio:`. Null for a role of the whole run. */
export function roleOfLayer(said: string): { choice: string; layer: string } | null {
  const { role, layer } = splitRole(said)
  return layer === null ? null : { choice: `${role}:`, layer }
}

/** Which layer a metric is about, from its name: `scale of conv1`, `ratios/conv1`; the whole name where nothing tells. */
export function guessLayer(metric: string): string {
  const parts = metric.split(/ of |[/:]/).map((part) => part.trim())
  return parts.findLast((part) => part !== '') ?? metric
}
