import { formatCount } from '../../../core/format-number.ts'
import type { ModelLayer } from '../../../core/kinds/values.ts'

/** `26 × 26 × 8`: the size of the batch, which comes first and is open, is left out. */
export function shapeText(shape: readonly (number | null)[]): string {
  const sizes = shape[0] === null ? shape.slice(1) : shape
  return sizes.length === 0 ? 'scalar' : sizes.map((size) => size ?? '?').join(' × ')
}

const UNITS = ['', ' k', ' M', ' G', ' T', ' P']

/** `1.25 M`: three digits and a decimal unit. */
export function shortCount(count: number): string {
  let value = count
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))}${UNITS[unit]}`
}

/** Everything known of a layer, a line each; the first is its name. */
export function layerText(layer: ModelLayer): string[] {
  return [
    layer.name,
    layer.type,
    `output ${shapeText(layer.outputShape)}`,
    ...(layer.parameters > 0 ? [`${formatCount(layer.parameters)} parameters${layer.trainable ? '' : ', frozen'}`] : []),
    ...(typeof layer.flops === 'number' ? [`${formatCount(layer.flops)} FLOPs per example`] : []),
    ...(layer.weights ?? []).map(({ name, shape }) => `${name.slice(name.lastIndexOf('/') + 1)} ${shapeText(shape)}`),
    ...(layer.inputs && layer.inputs.length > 1 ? [`from ${layer.inputs.join(', ')}`] : []),
  ]
}
