import type { StudyMetric } from '../../core/ablation/study.ts'
import type { FactorialResult } from '../../core/ablation/study-result.ts'
import { toDecimals, toSignedDecimals } from '../../core/table/decimal.ts'
import { factorName } from './interaction-of.ts'

const CELL = 'px-2 py-1'

/** How the way from all off to all on is shared among the factors. */
export function ShapleyTable({ factorial, metric, places }: { factorial: FactorialResult; metric: StudyMetric; places: number }) {
  const { shapley, factors } = factorial
  const paths = factors.map(({ path }) => path)
  const power = metric.unit === '%' ? 2 : 0
  const unit = metric.unit === '%' ? ' (points)' : metric.unit ? ` (${metric.unit})` : ''
  const signed = (value: number) => toSignedDecimals(value, places, power).replace('-', '−')
  return (
    <section data-testid="shapley">
      <h2 className="font-semibold">Shares of the whole difference</h2>
      {shapley.defined ? (
        <>
          <p className="pb-1 text-sm text-muted">
            From everything off to everything on is {signed(shapley.total)}
            {unit}. Each factor gets what it adds, averaged over all orders of adding them (Shapley).
          </p>
          <div className="relative overflow-x-auto rounded border border-border">
            <table className="w-full text-sm">
              <thead className="bg-surface text-xs text-muted">
                <tr>
                  {['Factor', `Share${unit}`, 'SE', 'Of the whole', ''].map((heading, at) => (
                    <th key={heading} scope="col" className={`${CELL} font-medium ${at > 0 ? 'text-right' : 'text-left'}`}>
                      {heading === '' ? <span className="sr-only">As a bar</span> : heading}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shapley.values.map(({ path, value, se, share }) => (
                  <tr key={path} className="border-t border-border">
                    <th scope="row" className={`${CELL} text-left font-medium`}>
                      {factorName(path, paths)}
                      <span className="font-normal text-faint">
                        {' '}
                        {factors.find((one) => one.path === path)?.low} → {factors.find((one) => one.path === path)?.high}
                      </span>
                    </th>
                    <td className={`${CELL} num text-right`}>{signed(value)}</td>
                    <td className={`${CELL} num text-right text-muted`} title={se.defined ? undefined : se.reason}>
                      {se.defined ? toDecimals(se.value, places + 1, power) : '–'}
                    </td>
                    <td className={`${CELL} num text-right text-muted`} title={share.defined ? undefined : share.reason}>
                      {share.defined ? `${toDecimals(share.percent, 0)} %` : '–'}
                    </td>
                    <td className={`${CELL} w-24`}>
                      <span
                        aria-hidden
                        className="block h-2 rounded-sm bg-accent"
                        style={{ width: `${Math.min(100, Math.abs(share.defined ? share.percent : 0))}%` }}
                      />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : (
        <p className="text-sm text-muted">Not given: {shapley.reason}</p>
      )}
    </section>
  )
}
