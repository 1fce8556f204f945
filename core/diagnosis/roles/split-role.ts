/** `update-ratio:conv1` is of the layer conv1, whose name may hold colons; a role without a colon is of the whole run (layer null). */
export function splitRole(said: string): { role: string; layer: string | null } {
  const colon = said.indexOf(':')
  return colon < 0 ? { role: said, layer: null } : { role: said.slice(0, colon), layer: said.slice(colon + 1) }
}
