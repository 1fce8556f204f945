import type { Size } from '../chart-kind.ts'
import type { Look } from '../look.ts'
import { type SparklineData, sparklinePath } from './path.ts'

/** The sparkline as a file of its own. */
export function sparklineSvg(data: SparklineData, look: Look, { width, height }: Size): string {
  const { d, dots, marks } = sparklinePath(data, width, height)
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ...(d ? [`<path d="${d}" fill="none" stroke="${data.colour}" stroke-width="1.25" stroke-linejoin="round"/>`] : []),
    ...dots.map(([cx, cy]) => `<circle cx="${cx}" cy="${cy}" r="1.75" fill="${data.colour}"/>`),
    ...marks.map((at) => `<path d="M${Math.round((at - 1.5) * 10) / 10} .5l3 3m0-3l-3 3" fill="none" stroke="${look.danger}"/>`),
    '</svg>',
  ]
  return `${parts.join('\n')}\n`
}
