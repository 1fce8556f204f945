/** `confusion-matrix/test` → `Confusion matrix · test`; a name of one's own stays as it is. */
export function splitTitle(name: string, kind: string, title: string): string {
  if (name === kind) return title
  return name.startsWith(`${kind}/`) ? `${title} · ${name.slice(kind.length + 1)}` : name
}
