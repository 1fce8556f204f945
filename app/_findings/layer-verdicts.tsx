import type { DiagnosisReport, LayerVerdict } from '../../core/findings/diagnosis-report.ts'
import { formatNumber } from '../../core/format-number.ts'
import { fromStoredNumber } from '../../core/stored-number.ts'
import { SeverityMark } from '../_ui/severity-mark.tsx'

/** Layers whose sentence is shown; a network can have hundreds that are all the same. */
const SHOWN_MAX = 24

/** Whether each layer learns at a usual pace, in a sentence a beginner understands, and what to do about the learning rate. */
export function LayerVerdicts({ updateRatios: { layers, factor } }: Pick<DiagnosisReport, 'updateRatios'>) {
  if (layers.length === 0) return null
  const well = layers.filter(({ verdict }) => verdict === 'ok')
  const odd = layers.filter(({ verdict }) => verdict !== 'ok' && verdict !== null).sort(byGravity)
  const unjudged = layers.filter(({ verdict }) => verdict === null)
  const lines = odd.length > 0 ? odd : well.slice(0, 1)
  return (
    <div className="mt-2 text-sm" data-testid="layer-verdicts">
      <p className="text-muted">
        {[
          `${well.length} of ${layers.length} ${layers.length === 1 ? 'layer' : 'layers'} at a good pace`,
          unjudged.length > 0 ? `${unjudged.length} not judged` : '',
        ]
          .filter(Boolean)
          .join(', ')}
        .{factor === null ? '' : ` For the layer in the middle a learning rate ${times(factor)} would be usual.`}
      </p>
      <ul className="mt-1 flex flex-col gap-1">
        {lines.slice(0, SHOWN_MAX).map((layer) => (
          <li key={layer.series} className="flex items-start gap-2" data-verdict={layer.verdict}>
            {layer.verdict === 'ok' || layer.verdict === null ? null : <SeverityMark severity={layer.verdict} className="h-5 w-[74px]" />}
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {layer.says}
              <span className="num text-xs text-faint">
                {' '}
                ratio {formatNumber(fromStoredNumber(layer.ratio))}
                {layer.factor === null ? '' : `, learning rate × ${formatNumber(layer.factor)}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {lines.length > SHOWN_MAX ? <p className="mt-1 text-xs text-faint">and {lines.length - SHOWN_MAX} more layers like these</p> : null}
      {unjudged.length > 0 ? (
        <details className="mt-1 text-muted">
          <summary className="cursor-pointer text-xs text-faint">
            Why {unjudged.length === 1 ? 'one is' : `${unjudged.length} are`} not judged
          </summary>
          <ul className="mt-1 pl-4">
            {unjudged.slice(0, SHOWN_MAX).map(({ series, says }) => (
              <li key={series} className="[overflow-wrap:anywhere]">
                {says}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}

const GRAVITY = ['critical', 'warning', 'info', 'ok', null] as const

function byGravity(a: LayerVerdict, b: LayerVerdict): number {
  return GRAVITY.indexOf(a.verdict) - GRAVITY.indexOf(b.verdict)
}

function times(factor: number): string {
  return factor > 1 ? `about ${formatNumber(factor)} times higher` : `about ${formatNumber(1 / factor)} times lower`
}
