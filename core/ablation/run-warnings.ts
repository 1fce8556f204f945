import type { PlacedRun } from './place-runs.ts'
import { seedList } from './seed-list.ts'
import type { StudyWarning } from './study-warning.ts'
import { count, listed, type WarningContext, warning } from './warning-context.ts'

/** What is wrong with the runs of a study: those that are not there, do not count, or count once although there are two. */
export function runWarnings(context: WarningContext): StudyWarning[] {
  const { placement } = context
  const found: StudyWarning[] = []
  const { deleted, stray } = placement
  if (deleted.length > 0)
    found.push(
      warning(
        'run-deleted',
        'warning',
        `${count(deleted.length, 'run')} of the study ${deleted.length === 1 ? 'is' : 'are'} no longer in the store.`,
        {
          runs: deleted.map(({ runId }) => runId),
          variants: [...new Set(deleted.map(({ variant }) => variant))],
        },
      ),
    )
  if (stray.length > 0)
    found.push(
      warning(
        'run-unknown-variant',
        'warning',
        `${count(stray.length, 'run')} belong${stray.length === 1 ? 's' : ''} to variants that the study no longer has and ${stray.length === 1 ? 'is' : 'are'} left out.`,
        {
          runs: stray.map(({ runId }) => runId),
        },
      ),
    )
  const standing = [...placement.byVariant.values()].flat().filter(({ stands }) => stands)
  const state = (code: StudyWarning['code'], states: string[], words: string) => {
    const runs = standing.filter(({ facts }) => states.includes(facts.status))
    if (runs.length > 0)
      found.push(aboutRuns(context, code, runs, `${count(runs.length, 'run')} ${words}`, 'and is in no mean', 'and are in no mean'))
  }
  state('failed', ['failed', 'crashed'], 'failed')
  state('unfinished', ['running', 'interrupted'], 'did not finish')
  return [...found, ...divergedWarnings(context), ...seedWarnings(context, standing)]
}

function aboutRuns(context: WarningContext, code: StudyWarning['code'], runs: PlacedRun[], what: string, one: string, several: string): StudyWarning {
  const variants = [...new Set(runs.map(({ variant }) => variant))]
  const where = variants.map((key) => `${context.label(key)}: ${seedsText(runs.filter(({ variant }) => variant === key))}`)
  return warning(code, 'warning', `${what} (${listed(where)}) ${runs.length === 1 ? one : several}.`, {
    variants,
    runs: runs.map(({ facts }) => facts.id),
  })
}

function seedsText(runs: readonly PlacedRun[]): string {
  const seeds = [...new Set(runs.flatMap(({ seed }) => (seed === null ? [] : [seed])))].sort((a, b) => a - b)
  return seeds.length === 0 ? count(runs.length, 'run') : seedList(seeds)
}

function divergedWarnings({ cells, study, label }: WarningContext): StudyWarning[] {
  return study.metrics.flatMap(({ name }) => {
    const broken = cells
      .filter(({ metric }) => metric === name)
      .flatMap(({ variant, values }) => {
        const diverged = values.filter(({ state }) => state === 'diverged')
        return diverged.length === 0
          ? []
          : [{ variant, diverged, of: values.filter(({ state }) => state === 'diverged' || state === 'counted').length }]
      })
    if (broken.length === 0) return []
    const where = broken.map(({ variant, diverged, of }) => `${label(variant)}: ${diverged.length} of ${of}`)
    return [
      warning('diverged', 'warning', `Runs whose ${name} is NaN or infinite are in no mean, which flatters the rest (${listed(where)}).`, {
        metrics: [name],
        variants: broken.map(({ variant }) => variant),
        runs: broken.flatMap(({ diverged }) => diverged.map(({ runId }) => runId)),
      }),
    ]
  })
}

function seedWarnings(context: WarningContext, standing: readonly PlacedRun[]): StudyWarning[] {
  const { placement, seeds, label, study } = context
  const found: StudyWarning[] = []
  const finished = standing.filter(({ facts }) => facts.status === 'finished')
  const single = study.variants.map(({ key }) => key).filter((key) => finished.filter(({ variant }) => variant === key).length === 1)
  if (single.length > 0)
    found.push(
      warning(
        'one-seed',
        'warning',
        `${single.length === study.variants.length ? 'All variants have' : `${listed(single.map(label))} ${single.length === 1 ? 'has' : 'have'}`} one run only: no spread, no interval, no test.`,
        { variants: single },
      ),
    )
  const seedless = finished.filter(({ seed }) => seed === null)
  if (seedless.length > 0)
    found.push(
      warning(
        'missing-seed',
        'warning',
        `${count(seedless.length, 'run')} ${seedless.length === 1 ? 'has' : 'have'} no seed: each counts as a repetition, and none can be paired.`,
        {
          variants: [...new Set(seedless.map(({ variant }) => variant))],
          runs: seedless.map(({ facts }) => facts.id),
        },
      ),
    )
  const missing = [...placement.byVariant].flatMap(([variant, runs]) => {
    const lacking = seeds.filter((seed) => !runs.some((run) => run.seed === seed))
    // A variant without any run has its own warning, and one whose runs have no seeds lacks none in particular.
    return lacking.length === 0 || runs.length === 0 || runs.every(({ seed }) => seed === null) ? [] : [{ variant, lacking }]
  })
  if (missing.length > 0) {
    const total = missing.reduce((sum, { lacking }) => sum + lacking.length, 0)
    const where = missing.map(({ variant, lacking }) => `${label(variant)}: ${seedList(lacking)}`)
    found.push(
      warning('missing-cells', 'warning', `${count(total, 'cell')} ${total === 1 ? 'has' : 'have'} no run (${listed(where)}).`, {
        variants: missing.map(({ variant }) => variant),
      }),
    )
  }
  const duplicates = [...placement.byVariant.values()].flat().filter(({ stands, facts }) => !stands && facts.status === 'finished')
  if (duplicates.length > 0)
    found.push(
      aboutRuns(
        context,
        'duplicate-runs',
        duplicates,
        `${count(duplicates.length, 'run')} repeat${duplicates.length === 1 ? 's' : ''} a variant and seed that a newer run has`,
        'and is not counted',
        'and are not counted',
      ),
    )
  return found
}
