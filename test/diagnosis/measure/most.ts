/** The largest of named figures; 0 when there are none. */
export function most(values: Record<string, number>): number {
  return Math.max(0, ...Object.values(values))
}
