/** A role that each layer has one of, as a select holds it: `update-ratio:`. Null for a role of the whole run. */
export function roleOfLayer(said: string): { choice: string; layer: string } | null {
  const colon = said.indexOf(':')
  return colon < 0 ? null : { choice: said.slice(0, colon + 1), layer: said.slice(colon + 1) }
}

/** Which layer a metric is about, from its name: `scale of conv1`, `ratios/conv1`; the whole name where nothing tells. */
export function guessLayer(metric: string): string {
  const parts = metric.split(/ of |[/:]/).map((part) => part.trim())
  return parts.findLast((part) => part !== '') ?? metric
}
