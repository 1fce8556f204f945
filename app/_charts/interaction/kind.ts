import { formatNumber } from '../../../core/format-number.ts'
import { toDecimals, toSignedDecimals } from '../../../core/table/decimal.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { shapesToSvg } from '../shapes/shape.ts'
import { interactionFixtures } from './fixtures.ts'
import type { InteractionData, InteractionPoint } from './interaction-data.ts'
import { interactionScene, interactionShapes } from './interaction-shapes.ts'

const powerOf = ({ unit }: InteractionData): 0 | 2 => (unit === '%' ? 2 : 0)

export function pointText(data: InteractionData, line: string, { level, mean, low, high, n }: InteractionPoint): string[] {
  const print = (value: number) => toDecimals(value, data.places, powerOf(data)).replace('-', '−')
  return [
    `${data.x.path} ${data.x[level]}, ${line}`,
    `mean ${print(mean)}${data.unit ? ` ${data.unit}` : ''}${low === null || high === null ? '' : ` [${print(low)}, ${print(high)}]`}`,
    `${n} ${n === 1 ? 'run' : 'runs'}`,
  ]
}

function effectText(data: InteractionData): string {
  if (!data.effect) return ''
  const { estimate, p, aliases } = data.effect
  const size = toSignedDecimals(estimate, data.places, powerOf(data)).replace('-', '−')
  const also = aliases.length > 0 ? ` It cannot be told apart from ${aliases.join(', ')} in this design.` : ''
  return `Interaction ${size}${data.unit === '%' ? ' points' : ''}${p === null ? '' : `, p = ${formatNumber(p, 2)}`}: parallel lines would mean none.${also}`
}

function summary(data: InteractionData): string {
  const points = data.lines.flatMap(({ label, points }) => points.map((point) => pointText(data, label, point).slice(0, 2).join(': ')))
  return `${data.title}. ${points.join('; ')}. ${effectText(data)}`.trim()
}

function notes(data: InteractionData): string[] {
  if (data.lines.length === 0) return []
  const said = [effectText(data)].filter(Boolean)
  if (data.lines.some(({ points }) => points.some(({ low }) => low !== null)))
    said.push(`Bars: ${Number((100 * data.level).toPrecision(6))}% intervals from the pooled error of the design.`)
  else said.push('No error bars: no setting has two seeds.')
  if (data.averagedOver.length > 0) said.push(`Averaged over ${data.averagedOver.join(', ')}.`)
  return said
}

function table(data: InteractionData): ChartTable {
  const power = 10 ** powerOf(data)
  const cell = (value: number | null) => (value === null ? '' : value * power)
  return {
    comments: [`${data.title}${data.unit ? `, ${data.unit}` : ''}`],
    header: ['line', 'factor', 'setting', 'mean', 'low', 'high', 'runs'],
    rows: data.lines.flatMap(({ label, points }) =>
      points.map(({ level, mean, low, high, n }) => [label, data.x.path, data.x[level], cell(mean), cell(low), cell(high), n]),
    ),
  }
}

export const interactionKind = {
  id: 'interaction',
  title: 'Interaction of two factors',
  renderer: 'svg',
  aspect: 0.66,
  svg: (data, look, size) => shapesToSvg(interactionShapes(interactionScene(data, look, size), look), look, size),
  summary,
  notes,
  table,
  fixtures: interactionFixtures,
} satisfies ChartKind<InteractionData>
