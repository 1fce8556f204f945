import { formatDuration } from '../../core/format-duration.ts'
import { formatCount, formatFigure, formatNumber } from '../../core/format-number.ts'
import type { JsonObject } from '../../core/run.ts'
import { shortCount } from '../_charts/model-graph/layer-text.ts'
import { Fact } from './fact.tsx'

/** Beyond this share of the expected loss, either way, a start is said to be off. */
const OFF = 0.5

/** What the training says of itself in its summary: how it began, where it was best, why it ended. Nothing where it says nothing. */
export function TrainingFacts({ summary }: { summary: JsonObject }) {
  const number = (key: string) => summaryNumber(summary, key)
  const [initial, expected] = [number('initialLoss'), number('expectedInitialLoss')]
  const [bestStep, bestValue] = [number('bestStep'), number('bestValue')]
  const [parameters, flops, seconds] = [number('parameters'), number('flops'), number('trainingSeconds')]
  const { stopReason, stopDetail, bestMetric } = summary
  const off = initial !== null && expected !== null && !(Math.abs(initial - expected) <= OFF * expected)
  const facts = [
    initial === null ? null : (
      <Fact key="initial" label="Initial loss">
        <span className={off ? 'num font-medium text-warning' : 'num'}>{formatFigure(initial)}</span>
        {expected === null ? null : (
          <span className="num text-muted">
            {' '}
            where knowing nothing gives {formatFigure(expected)}
            {classesText(expected)}
          </span>
        )}
      </Fact>
    ),
    bestStep === null ? null : (
      <Fact key="best" label="Best">
        <span className="num">
          {typeof bestMetric === 'string' ? `${bestMetric} ` : ''}
          {bestValue === null ? '' : `${formatFigure(bestValue)} `}at step {formatCount(bestStep)}
        </span>
      </Fact>
    ),
    typeof stopReason !== 'string' ? null : (
      <Fact key="stop" label="Ended">
        <span title={typeof stopDetail === 'string' ? stopDetail : undefined}>
          {typeof stopDetail === 'string' && stopDetail !== '' ? stopDetail : stopReason}
        </span>
      </Fact>
    ),
    parameters === null ? null : (
      <Fact key="parameters" label="Parameters">
        <span className="num" title={formatCount(parameters)}>
          {shortCount(parameters)}
        </span>
      </Fact>
    ),
    flops === null ? null : (
      <Fact key="flops" label="FLOPs per example">
        <span className="num" title={formatCount(flops)}>
          {shortCount(flops)}
        </span>
      </Fact>
    ),
    seconds === null ? null : (
      <Fact key="seconds" label="Training">
        <span className="num" title={`${formatNumber(seconds)} s`}>
          {formatDuration(seconds * 1000)}
        </span>
      </Fact>
    ),
  ].filter((fact) => fact !== null)
  if (facts.length === 0) return null
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-1 text-sm" data-testid="training-facts">
      {facts}
    </div>
  )
}

/** NaN and the infinities are text in a summary. */
function summaryNumber(summary: JsonObject, key: string): number | null {
  const value = summary[key]
  if (typeof value === 'number') return value
  return value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : null
}

/** ` (ln 10)`, when the expected loss is the logarithm of a whole number of classes. */
function classesText(expected: number): string {
  const classes = Math.round(Math.exp(expected))
  return classes >= 2 && Math.abs(Math.log(classes) - expected) < 1e-6 ? ` (ln ${classes})` : ''
}
