import type { StudyMetric } from '../../core/ablation/study.ts'
import type { FactorialEffect, FactorialResult } from '../../core/ablation/study-result.ts'
import { toDecimals, toSignedDecimals } from '../../core/table/decimal.ts'
import { factorName } from './interaction-of.ts'
import { pText } from './verdict-text.ts'

const CELL = 'px-2 py-1'
/** Interactions of so many factors that nobody reads them are counted, not listed. */
const EFFECTS_SHOWN = 64

interface EffectsTableProps {
  factorial: FactorialResult
  metric: StudyMetric
  places: number
  alpha: number
}

/** Main effects and interactions with their errors; for fractions, what each cannot be told apart from. */
export function EffectsTable({ factorial, metric, places, alpha }: EffectsTableProps) {
  const paths = factorial.factors.map(({ path }) => path)
  const power = metric.unit === '%' ? 2 : 0
  const unit = metric.unit === '%' ? ' (points)' : metric.unit ? ` (${metric.unit})` : ''
  const signed = (value: number) => toSignedDecimals(value, places, power).replace('-', '−')
  const name = (factors: readonly string[]) => factors.map((path) => factorName(path, paths)).join(' × ')
  const aliased = factorial.effects.some(({ aliases }) => aliases.length > 0)
  const level = `${Number((100 * (1 - alpha)).toPrecision(6))}% interval`
  return (
    <section>
      <h2 className="font-semibold">Effects</h2>
      <p className="pb-1 text-sm text-muted">
        Mean with the factor on minus mean with it off, averaged over the others.{' '}
        {factorial.mse.defined
          ? `Errors from the pooled variance within the ${factorial.corners.length} settings (${factorial.mse.df} degrees of freedom).`
          : `No errors: ${factorial.mse.reason}`}
        {factorial.resolution === null ? '' : ` A fraction of resolution ${factorial.resolution}.`}
      </p>
      <div className="relative overflow-x-auto rounded border border-border">
        <table className="w-full text-sm" data-testid="effects">
          <thead className="bg-surface text-xs text-muted">
            <tr>
              {['Effect', `Estimate${unit}`, 'SE', level, 'p', 'p within seeds', ...(aliased ? ['Cannot be told apart from'] : [])].map(
                (heading, at) => (
                  <th key={heading} scope="col" className={`${CELL} font-medium whitespace-nowrap ${at > 0 && at < 6 ? 'text-right' : 'text-left'}`}>
                    {heading}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {factorial.effects.slice(0, EFFECTS_SHOWN).map((effect) => (
              <tr key={effect.factors.join(' ')} className="border-t border-border">
                <th scope="row" className={`${CELL} text-left ${effect.factors.length === 1 ? 'font-medium' : 'font-normal'}`}>
                  {name(effect.factors)}
                </th>
                <td className={`${CELL} num text-right`}>{signed(effect.estimate)}</td>
                <td className={`${CELL} num text-right text-muted`}>{effect.se.defined ? toDecimals(effect.se.value, places + 1, power) : '–'}</td>
                <td className={`${CELL} num text-right whitespace-nowrap text-muted`}>
                  {effect.ci.defined ? `[${signed(effect.ci.low)}, ${signed(effect.ci.high)}]` : '–'}
                </td>
                <td className={`${CELL} num text-right`}>{effect.p.defined ? pText(effect.p.value) : '–'}</td>
                <WithinSeeds effect={effect} />
                {aliased ? (
                  <td className={`${CELL} text-muted`}>
                    {effect.aliases.map(({ factors, sign }) => `${sign < 0 ? '−' : ''}${name(factors)}`).join(', ')}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {factorial.effects.length > EFFECTS_SHOWN ? (
        <p className="pt-1 text-sm text-faint">{factorial.effects.length - EFFECTS_SHOWN} more interactions are not listed.</p>
      ) : null}
    </section>
  )
}

function WithinSeeds({ effect: { withinSeeds } }: { effect: FactorialEffect }) {
  return (
    <td
      className={`${CELL} num text-right text-muted`}
      title={withinSeeds.defined ? `The same contrast within each seed: df ${withinSeeds.df}` : withinSeeds.reason}
    >
      {withinSeeds.defined ? pText(withinSeeds.p) : '–'}
    </td>
  )
}
