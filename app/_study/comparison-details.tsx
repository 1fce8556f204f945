import { floorOf } from '../../core/ablation/adjust-family.ts'
import type { StudyMetric } from '../../core/ablation/study.ts'
import type { StudyComparison, StudyResult, TestOutcome } from '../../core/ablation/study-result.ts'
import { formatNumber } from '../../core/format-number.ts'
import type { Computed } from '../../core/stats/computed.ts'
import { TEST_TEXTS } from '../../core/table/caption.ts'
import { toDecimals, toSignedDecimals } from '../../core/table/decimal.ts'
import { pText, verdictText } from './verdict-text.ts'

interface ComparisonDetailsProps {
  comparison: StudyComparison
  result: StudyResult
  metric: StudyMetric
  places: number
  reference: string
}

const METHODS: Record<TestOutcome['method'], string> = {
  formula: 'formula',
  exact: 'exact',
  'monte-carlo': 'Monte Carlo',
  'normal-approximation': 'normal approximation',
}

/** Everything that was computed for one comparison, and why this way. */
export function ComparisonDetails({ comparison, result, metric, places, reference }: ComparisonDetailsProps) {
  const power = metric.unit === '%' ? 2 : 0
  const unit = metric.unit === '%' ? ' points' : metric.unit ? ` ${metric.unit}` : ''
  const signed = (value: number) => `${toSignedDecimals(value, places, power).replace('-', '−')}${unit}`
  const { effects, equivalence, seedsNeeded, detectable, pairing } = comparison
  const decimals = (found: { value: number }) => toSignedDecimals(found.value, 2).replace('-', '−')
  return (
    <div className="flex max-w-4xl flex-col gap-2 text-sm whitespace-normal" data-testid="comparison-details">
      <p>{verdictText(comparison, result)}</p>
      <p className="text-muted">
        {comparison.testReason} {pairing.reason} {pairing.nVariant} against {pairing.nReference} values.
      </p>
      <Tests comparison={comparison} />
      <dl className="grid grid-cols-1 gap-x-6 gap-y-0.5 sm:grid-cols-2">
        <Line name="Cohen's d" computed={effects.cohenD} text={decimals} />
        <Line name="Hedges' g" computed={effects.hedgesG} text={decimals} />
        <Line name="d_z (of the paired differences)" computed={effects.dz} text={decimals} />
        <Line name="Cliff's δ" computed={effects.cliffDelta} text={decimals} />
        <Line
          name={`Probability of being better than ${reference}`}
          computed={effects.probabilityOfImprovement}
          text={(found) => toDecimals(found.value, 2)}
        />
        <Line
          name="Equivalence (two one-sided tests)"
          computed={equivalence}
          text={(found) =>
            `${found.equivalent ? 'equivalent' : 'not shown'} within ± ${signed(found.margin).replace('+', '')}, p ${pText(found.p)}, ${Number((100 * found.interval.level).toPrecision(4))} % interval [${signed(found.interval.low)}, ${signed(found.interval.high)}]`
          }
        />
        <Line
          name="Seeds needed to find this difference"
          computed={seedsNeeded}
          text={(found) => `${found.n} per variant (power ${powerText(found.power)}), if the true effect is the observed one`}
        />
        <Line
          name="Smallest difference these seeds would find"
          computed={detectable}
          text={(found) => `${signed(found.difference).replace('+', '')} in ${powerText(found.power)} of such studies`}
        />
      </dl>
      <Pairs comparison={comparison} signed={signed} />
    </div>
  )
}

const powerText = (power: number) => (power > 0.99 ? '> 99 %' : `${Math.round(100 * power)} %`)

function Tests({ comparison }: { comparison: StudyComparison }) {
  const floor = floorOf(comparison)
  return (
    <div className="relative overflow-x-auto">
      <table className="text-sm">
        <caption className="sr-only">All tests that fit this comparison</caption>
        <thead className="text-left text-xs text-faint">
          <tr>
            {['Test', 'Statistic', 'p', 'Smallest p possible', 'How'].map((heading) => (
              <th key={heading} scope="col" className="pr-5 font-medium">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparison.tests.map(({ name, outcome }) => (
            <tr key={name} className={name === comparison.test ? 'font-medium' : 'text-muted'}>
              <th scope="row" className={`pr-5 text-left ${name === comparison.test ? 'font-medium' : 'font-normal'}`}>
                {TEST_TEXTS[name]}
                {name === comparison.test ? ' (chosen)' : ''}
              </th>
              {outcome.defined ? (
                <>
                  <td className="num pr-5 whitespace-nowrap">
                    {outcome.statisticName} = {formatNumber(outcome.statistic, 4)}
                    {outcome.df === null ? '' : `, df ${formatNumber(outcome.df, 4)}`}
                  </td>
                  <td className="num pr-5">{pText(outcome.p)}</td>
                  <td className="num pr-5">{outcome.floor === null ? 'none' : pText(outcome.floor)}</td>
                  <td className="pr-5 whitespace-nowrap">
                    {METHODS[outcome.method]}
                    {outcome.resamples === null ? '' : `, ${outcome.resamples} resamples`}
                  </td>
                </>
              ) : (
                <td colSpan={4} className="text-faint">
                  {outcome.reason}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {floor !== null && comparison.verdict === 'out-of-reach' ? (
        <p className="text-warning">More seeds, or a test without such a floor, would make it possible to tell.</p>
      ) : null}
    </div>
  )
}

function Line<T>({ name, computed, text }: { name: string; computed: Computed<T>; text: (found: { defined: true } & T) => string }) {
  return (
    <div className="flex flex-wrap gap-x-2">
      <dt className="text-muted">{name}</dt>
      <dd className={computed.defined ? 'num' : 'text-faint'}>{computed.defined ? text(computed as { defined: true } & T) : computed.reason}</dd>
    </div>
  )
}

const PAIRS_SHOWN = 30

function Pairs({ comparison: { pairs }, signed }: { comparison: StudyComparison; signed: (value: number) => string }) {
  if (pairs.length === 0) return null
  const shown = pairs.slice(0, PAIRS_SHOWN).map(({ seed, difference }) => `${seed}: ${signed(difference)}`)
  return (
    <p className="num text-muted">
      Differences by seed: {shown.join('; ')}
      {pairs.length > PAIRS_SHOWN ? `; and ${pairs.length - PAIRS_SHOWN} more` : ''}.
    </p>
  )
}
