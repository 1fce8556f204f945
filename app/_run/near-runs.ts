import { editDistance } from '../../core/edit-distance.ts'

export interface NamedRun {
  id: string
  name: string
  number: number
  project: string
}

/** Longer names are compared by their beginnings. */
const LONGEST = 100

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
    return editDistance(text.slice(0, LONGEST), candidate.slice(0, LONGEST)) / Math.max(text.length, candidate.length)
  }
  function numberDistance(number: number): number {
    return /^\d+$/.test(text) && Number(text) === number ? 0 : 1
  }
}
