import type { StudyRunFacts } from './run-facts.ts'
import type { StudyRun } from './study.ts'
import type { StudySlot } from './study-result.ts'

/** A run of a study in its place. */
export interface PlacedRun {
  facts: StudyRunFacts
  variant: string
  seed: number | null
  /** The one run of its variant and seed that stands for it: the newest finished one, else the newest. */
  stands: boolean
}

export interface Placement {
  /** By variant key; every variant of the study has an entry. In order of seed, then newest first. */
  byVariant: Map<string, PlacedRun[]>
  /** Runs of the study that are no longer in the store. */
  deleted: StudyRun[]
  /** Runs whose variant the study does not have. */
  stray: StudyRun[]
}

/** Puts runs into their cells. Runs without a seed each stand for themselves: nothing shows that they repeat each other. */
export function placeRuns(variants: readonly string[], runs: readonly StudyRun[], facts: readonly StudyRunFacts[]): Placement {
  const known = new Map(facts.map((one) => [one.id, one]))
  const byVariant = new Map<string, PlacedRun[]>(variants.map((key) => [key, []]))
  const deleted: StudyRun[] = []
  const stray: StudyRun[] = []
  for (const run of runs) {
    const found = known.get(run.runId)
    const cell = byVariant.get(run.variant)
    if (!found) deleted.push(run)
    else if (!cell) stray.push(run)
    else cell.push({ facts: found, variant: run.variant, seed: run.seed ?? found.seed, stands: false })
  }
  for (const cell of byVariant.values()) {
    cell.sort(bySeedThenNewest)
    const taken = new Set<number>()
    for (const finishedFirst of [true, false])
      for (const run of cell) {
        if (finishedFirst && run.facts.status !== 'finished') continue
        if (run.seed === null) run.stands = true
        else if (!taken.has(run.seed)) {
          run.stands = true
          taken.add(run.seed)
        }
      }
  }
  return { byVariant, deleted, stray }
}

function bySeedThenNewest(a: PlacedRun, b: PlacedRun): number {
  const seeds = (a.seed ?? Number.POSITIVE_INFINITY) - (b.seed ?? Number.POSITIVE_INFINITY)
  if (seeds !== 0 && !Number.isNaN(seeds)) return seeds
  return b.facts.startedAt - a.facts.startedAt || (a.facts.id < b.facts.id ? -1 : 1)
}

/** Seeds of the study: those asked for, else all that any run has. Ascending. */
export function seedsOf(asked: readonly number[] | null, placement: Placement): number[] {
  const found = [...placement.byVariant.values()].flat().flatMap(({ seed }) => (seed === null ? [] : [seed]))
  return [...new Set(asked ?? found)].sort((a, b) => a - b)
}

/** The variant × seed matrix, variants outermost. */
export function slotsOf(placement: Placement, seeds: readonly number[]): StudySlot[] {
  return [...placement.byVariant].flatMap(([variant, runs]) =>
    seeds.map((seed): StudySlot => {
      const run = runs.find((one) => one.seed === seed && one.stands)
      return { variant, seed, state: run?.facts.status ?? 'missing', runId: run?.facts.id ?? null }
    }),
  )
}
