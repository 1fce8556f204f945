export interface NamedRun {
  id: string
  name: string
  number: number
  project: string
}

/** Runs whose id, name or number comes close to what was asked for, best first. */
export function nearRuns<R extends NamedRun>(wanted: string, runs: readonly R[], limit = 5): R[] {
  const text = wanted.trim().replace(/^#/, '').toLowerCase()
  if (text === '') return []
  return runs
    .map((run) => ({ run, distance: Math.min(distanceTo(run.name.toLowerCase()), distanceTo(run.id.toLowerCase()), numberDistance(run.number)) }))
    .filter(({ distance }) => distance <= 0.5)
    .sort((a, b) => a.distance - b.distance || b.run.number - a.run.number)
    .slice(0, limit)
    .map(({ run }) => run)

  function distanceTo(candidate: string): number {
    if (candidate === text) return 0
    if (text.length >= 3 && (candidate.startsWith(text) || candidate.includes(text))) return 0.1
    return editDistance(text, candidate) / Math.max(text.length, candidate.length)
  }
  function numberDistance(number: number): number {
    return /^\d+$/.test(text) && Number(text) === number ? 0 : 1
  }
}

/** Levenshtein distance; names beyond 100 characters are compared by their beginnings. */
function editDistance(a: string, b: string): number {
  const [from, to] = [a.slice(0, 100), b.slice(0, 100)]
  let previous = Array.from({ length: to.length + 1 }, (_, j) => j)
  for (let i = 1; i <= from.length; i++) {
    const row = [i]
    for (let j = 1; j <= to.length; j++) {
      const replace = (previous[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      row.push(Math.min(replace, (previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    previous = row
  }
  return previous.at(-1) ?? 0
}
