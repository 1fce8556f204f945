import { floorOf } from './adjust-family.ts'
import { groupBy } from './group-by.ts'
import { seedList } from './seed-list.ts'
import type { StudyComparison } from './study-result.ts'
import type { StudyWarning } from './study-warning.ts'
import { count, listed, type WarningContext, warning } from './warning-context.ts'

/** How the comparisons were made where a reader would take them for more, or for something else, than they are. */
export function comparisonWarnings(context: WarningContext): StudyWarning[] {
  return [...pairingWarnings(context), ...floorWarnings(context), ...valueWarnings(context), ...aliasWarnings(context)]
}

/** One warning for all metrics that say the same about the same variants. */
function byText(
  comparisons: readonly StudyComparison[],
  text: (comparison: StudyComparison) => string,
): { text: string; variants: string[]; metrics: string[] }[] {
  return [...groupBy(comparisons, text)].map(([key, group]) => ({
    text: key,
    variants: [...new Set(group.map(({ variant }) => variant))],
    metrics: [...new Set(group.map(({ metric }) => metric))],
  }))
}

function pairingWarnings({ comparisons, cells, label }: WarningContext): StudyWarning[] {
  const counted = (variant: string, metric: string) => {
    const summary = cells.find((cell) => cell.variant === variant && cell.metric === metric)?.summary
    return summary?.defined ? summary.n : 0
  }
  const partly = comparisons.filter(
    ({ pairing, variant, reference, metric }) =>
      pairing.paired && (counted(variant, metric) > pairing.nVariant || counted(reference, metric) > pairing.nReference),
  )
  const tested = comparisons.filter(({ pairing, p }) => !pairing.paired && p.defined)
  return [
    ...byText(
      partly,
      ({ variant, reference, pairing }) =>
        `${label(variant)} and ${label(reference)} are compared on their shared ${seedList(pairing.sharedSeeds)} alone; their means are over all runs.`,
    ).map(({ text, variants, metrics }) => warning('partly-paired', 'warning', text, { variants, metrics })),
    ...byText(tested, ({ pairing }) => pairing.reason).map(({ text, variants, metrics }) =>
      warning('not-paired', 'info', `${listed(variants.map(label))}: ${text.charAt(0).toLowerCase()}${text.slice(1)}`, { variants, metrics }),
    ),
  ]
}

function floorWarnings({ comparisons, settings, label }: WarningContext): StudyWarning[] {
  const sunk = comparisons.filter(({ verdict }) => verdict === 'out-of-reach')
  const found = byText(sunk, (one) => {
    const floor = Number((floorOf(one) ?? 0).toPrecision(3))
    return `With ${count(one.pairing.nVariant, 'run')} the ${one.test} test cannot give p below ${floor}${floor > settings.alpha ? '' : ', which the correction takes above alpha'}: that it is not significant says nothing.`
  }).map(({ text, variants, metrics }) => warning('exact-floor', 'warning', text, { variants, metrics }))
  const drawn = comparisons.filter(({ tests, test }) =>
    tests.some(({ name, outcome }) => name === test && outcome.defined && outcome.method === 'monte-carlo'),
  )
  if (drawn.length === 0) return found
  const variants = [...new Set(drawn.map(({ variant }) => variant))]
  return [
    ...found,
    warning('monte-carlo', 'info', `The p of ${listed(variants.map(label))} is estimated from 100,000 random permutations (fixed seed).`, {
      variants,
      footnote: true,
    }),
  ]
}

function valueWarnings({ study, cells }: WarningContext): StudyWarning[] {
  return study.metrics.flatMap(({ name, aggregate }) => {
    const found: StudyWarning[] = []
    if (aggregate.kind === 'best')
      found.push(
        warning('optimistic-best', 'info', `${name} is the best value of each run, chosen in hindsight, which flatters every variant.`, {
          metrics: [name],
        }),
      )
    const noted = cells
      .filter(({ metric }) => metric === name)
      .flatMap(({ values }) => values.filter(({ state, note }) => state === 'counted' && note !== null))
    if (noted.length > 0)
      found.push(
        warning(
          'uneven-points',
          'warning',
          `${count(noted.length, 'value')} of ${name} ${noted.length === 1 ? 'was' : 'were'} taken otherwise than the rest (${noted[0]!.runName}: ${noted[0]!.note})`.replace(
            /\.\)$/,
            ').',
          ),
          {
            metrics: [name],
            runs: noted.map(({ runId }) => runId),
          },
        ),
      )
    return found
  })
}

function aliasWarnings({ factorial }: WarningContext): StudyWarning[] {
  const fraction = factorial.find(({ design }) => design === 'fractional')
  if (!fraction) return []
  const pairs = fraction.effects.filter(({ factors, aliases }) => factors.length === 1 && aliases.length > 0)
  const name = (factors: readonly string[]) => factors.join(' × ')
  const where = pairs.map(
    ({ factors, aliases }) => `${name(factors)} = ${aliases.map((alias) => `${alias.sign < 0 ? '−' : ''}${name(alias.factors)}`).join(' = ')}`,
  )
  return [
    warning(
      'aliased-effects',
      'warning',
      `A fraction of the design (resolution ${fraction.resolution}) cannot tell these effects apart: ${listed(where, 6)}.`,
    ),
  ]
}
