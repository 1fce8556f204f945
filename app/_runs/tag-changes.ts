import type { Run } from '../../core/run.ts'

/** How many of the runs have each tag, in order of first appearance. */
export function tagCounts(runs: readonly Pick<Run, 'tags'>[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const run of runs) for (const tag of run.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return counts
}

/** The change to one run's tags: those removed go, those added come last, the others keep their order. */
export function changeTags(added: readonly string[], removed: readonly string[]): (tags: readonly string[]) => string[] {
  return (tags) => [...new Set([...tags.filter((tag) => !removed.includes(tag)), ...added])]
}
