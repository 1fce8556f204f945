/** Edits (insert, delete, replace, swap neighbours) that turn one text into the other; optimal string alignment distance. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, beforeLast[j - 2]! + 1)
      row.push(best)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}

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
