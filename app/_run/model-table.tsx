import { formatCount } from '../../core/format-number.ts'
import type { ModelValue } from '../../core/kinds/values.ts'
import { shapeText, shortCount } from '../_charts/model-graph/layer-text.ts'

/** Layers of a model with what each gives out and costs, and the sums. */
export function ModelTable({ model }: { model: ModelValue }) {
  const withFlops = model.layers.some((layer) => typeof layer.flops === 'number')
  const unknownFlops = model.layers.filter((layer) => layer.flops === null || layer.flops === undefined).length
  const sum = model.flops ?? (unknownFlops === 0 ? model.layers.reduce((total, layer) => total + (layer.flops ?? 0), 0) : null)
  const frozen = model.parameters - model.trainableParameters
  return (
    <div className="max-h-[560px] overflow-auto rounded border border-border">
      <table className="w-full min-w-[560px] text-sm" data-testid="model-table">
        <thead className="sticky top-0 bg-surface text-left text-xs text-muted">
          <tr className="h-8">
            <th className="px-3 font-medium">Layer</th>
            <th className="px-3 font-medium">Type</th>
            <th className="px-3 font-medium" title="Of one example: the batch is left out">
              Output shape
            </th>
            <th className="px-3 text-right font-medium">Parameters</th>
            {withFlops ? (
              <th className="px-3 text-right font-medium" title="Forward pass of one example; a multiplication and an addition count as two">
                FLOPs
              </th>
            ) : null}
            <th className="px-3 font-medium">Trained</th>
          </tr>
        </thead>
        <tbody>
          {model.layers.map((layer) => (
            <tr key={layer.name} className="h-7 border-t border-border">
              <td
                className="max-w-64 truncate px-3"
                title={[layer.name, ...(layer.weights?.map(({ name, shape }) => `${name}: ${shape.join(' × ')}`) ?? [])].join('\n')}
              >
                {layer.name}
              </td>
              <td className="px-3 whitespace-nowrap text-muted">{layer.type}</td>
              <td className="num px-3 font-mono whitespace-nowrap">{shapeText(layer.outputShape)}</td>
              <td className="num px-3 text-right whitespace-nowrap">{formatCount(layer.parameters)}</td>
              {withFlops ? (
                <td
                  className="num px-3 text-right whitespace-nowrap"
                  title={typeof layer.flops === 'number' ? formatCount(layer.flops) : 'not known'}
                >
                  {typeof layer.flops === 'number' ? shortCount(layer.flops) : <span className="text-faint">–</span>}
                </td>
              ) : null}
              <td className="px-3 text-muted">{layer.parameters === 0 ? '' : layer.trainable ? 'yes' : 'frozen'}</td>
            </tr>
          ))}
        </tbody>
        <tfoot className="sticky bottom-0 bg-surface font-medium">
          <tr className="h-8 border-t border-border-strong">
            <td className="px-3" colSpan={3}>
              All {formatCount(model.layers.length)} layers
            </td>
            <td className="num px-3 text-right whitespace-nowrap">{formatCount(model.parameters)}</td>
            {withFlops ? (
              <td className="num px-3 text-right whitespace-nowrap" title={sum === null ? `not known of ${unknownFlops} layers` : formatCount(sum)}>
                {sum === null ? '–' : shortCount(sum)}
              </td>
            ) : null}
            <td className="num px-3 font-normal whitespace-nowrap text-muted">
              {frozen > 0 ? `${formatCount(model.trainableParameters)} trained` : 'all'}
            </td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
