/** Seeds in few words: `seeds 0–4`, `seeds 0, 2, 7`, `seed 3`. */
export function seedList(seeds: readonly number[]): string {
  const parts: string[] = []
  for (let from = 0; from < seeds.length; ) {
    let to = from
    while (to + 1 < seeds.length && seeds[to + 1] === seeds[to]! + 1) to++
    // Two neighbours are as short listed.
    if (to - from >= 2) parts.push(`${seeds[from]}–${seeds[to]}`)
    else parts.push(...seeds.slice(from, to + 1).map(String))
    from = to + 1
  }
  return `${seeds.length === 1 ? 'seed' : 'seeds'} ${parts.join(', ')}`
}
