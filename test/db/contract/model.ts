/** The line of a metric worked out from every point, plainly: what any store must agree with. */
export interface LoggedPoint {
  attempt: number
  step: number
  value: number
}

export interface ModelRun {
  forkStep: number | null
  /** Fork steps given to the second attempt and the later ones. */
  attempts: (number | null)[]
  points: LoggedPoint[]
  parent: ModelRun | null
}

export interface ModelLine {
  line: { step: number; value: number }[]
  superseded: { step: number; value: number }[]
}

export function modelLine(run: ModelRun): ModelLine {
  const own = run.points.map((point, order) => ({ ...point, order, rank: point.attempt }))
  const firstOf = (attempt: number) => Math.min(...own.filter((point) => point.attempt === attempt).map((point) => point.step))
  const forks = run.attempts.map((forkStep, i) => forkStep ?? firstOf(i + 2))
  const cuts = [...forks, 0].map((_, i) => Math.min(Number.POSITIVE_INFINITY, ...forks.slice(i)))
  const cutOf = (attempt: number) => cuts[attempt - 1]!
  const forkAt = run.forkStep ?? Math.min(Number.POSITIVE_INFINITY, ...own.map((point) => point.step))
  const inherited = run.parent ? modelLine(run.parent) : { line: [], superseded: [] }
  const kept = inherited.line.filter((point) => point.step < forkAt).map((point) => ({ ...point, rank: -1, order: -1 }))
  const superseded = inherited.superseded.filter((point) => point.step < forkAt)
  const newest = new Map<number, (typeof kept)[number]>()
  for (const point of [...kept, ...own.filter((p) => p.step < cutOf(p.attempt)).sort((a, b) => a.rank - b.rank || a.order - b.order)]) {
    const older = newest.get(point.step)
    if (older) superseded.push(older)
    newest.set(point.step, point)
  }
  superseded.push(...own.filter((point) => point.step >= cutOf(point.attempt)))
  const line = [...newest.values()].sort((a, b) => a.step - b.step)
  const plain = (list: { step: number; value: number }[]) => list.map(({ step, value }) => ({ step, value }))
  return { line: plain(line), superseded: plain(superseded) }
}
