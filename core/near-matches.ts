import { editDistance } from './edit-distance.ts'

/** Up to `count` candidates a person may have meant, nearest first: those that contain the text, or differ by a third of it at most. */
export function nearMatches(text: string, candidates: readonly string[], count = 3): string[] {
  const wanted = text.toLowerCase()
  const furthest = Math.max(1, Math.floor(wanted.length / 3))
  const scored: { candidate: string; score: number }[] = []
  for (const candidate of new Set(candidates)) {
    const other = candidate.toLowerCase()
    if (wanted.length >= 2 && other.includes(wanted)) scored.push({ candidate, score: 0.5 })
    else if (Math.abs(wanted.length - other.length) <= furthest) {
      const score = editDistance(wanted, other)
      if (score <= furthest) scored.push({ candidate, score })
    }
  }
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1))
  return scored.slice(0, count).map((entry) => entry.candidate)
}
