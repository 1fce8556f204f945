import { formatCount } from '../../../core/format-number.ts'
import type { ChartKind, ChartTable } from '../chart-kind.ts'
import { PAPER_LOOK } from '../look.ts'
import { shapesToSvg } from '../shapes/shape.ts'
import { forestFixtures } from './fixtures.ts'
import { type ForestData, powerOf, rowText, signed } from './forest-data.ts'
import { forestHeight, forestScene } from './forest-scene.ts'
import { forestShapes } from './forest-shapes.ts'

function summary(data: ForestData): string {
  const rows = data.rows.slice(0, 8).map((row) => `${row.label} ${rowText(row, data)}`)
  const more = data.rows.length > 8 ? `; and ${data.rows.length - 8} more` : ''
  return `${data.title}: differences with ${levelText(data)} intervals, ${data.goal === 'max' ? 'higher' : 'lower'} is better. ${rows.join('; ')}${more}.`
}

const levelText = ({ level }: ForestData) => `${Number((100 * level).toPrecision(6))}%`

function notes(data: ForestData): string[] {
  const { rows, margin } = data
  if (rows.length === 0) return []
  const paired = rows.filter((row) => row.difference !== null && row.paired).length
  const shown = rows.filter((row) => row.difference !== null).length
  const said: string[] = []
  if (shown > 0) {
    said.push(`Square: mean difference; line: ${levelText(data)} confidence interval of one difference by itself.`)
    said.push(
      paired === shown
        ? 'Dots: the difference of each seed to the same seed of the reference.'
        : paired === 0
          ? 'Dots: each run minus the mean of the reference (not paired).'
          : `Dots: differences by seed in the ${formatCount(paired)} paired rows, else each run minus the mean of the reference.`,
    )
  }
  if (margin !== null) said.push(`Band: margin of equivalence ± ${signed(margin, data).replace('+', '')}.`)
  if (rows.some((row) => row.verdict === 'significant')) said.push('† and filled: significant after correction.')
  if (rows.some((row) => row.verdict === 'out-of-reach'))
    said.push('?: with this few seeds no data could be significant, so that it is not says nothing.')
  const alone = rows.filter((row) => row.difference !== null && row.low === null).length
  if (alone > 0) said.push(`${formatCount(alone)} without an interval: one seed, or differences without spread.`)
  const without = rows.length - shown
  if (without > 0) said.push(`${formatCount(without)} of ${formatCount(rows.length)} rows have no difference.`)
  return said
}

/** In the unit that is shown, so that it can be plotted as it is (pgfplots reads it with `table [col sep=comma, comment chars=#]`). */
function table(data: ForestData): ChartTable {
  const power = 10 ** powerOf(data)
  const cell = (value: number | null) => (value === null ? '' : value * power)
  return {
    comments: [
      `${data.title}: variant minus reference${data.unit ? `, ${data.unit === '%' ? 'percentage points' : data.unit}` : ''}; one row per dot below the rows of kind mean`,
    ],
    header: ['kind', 'row', 'variant', 'reference', 'value', 'low', 'high', 'paired', 'verdict'],
    rows: data.rows.flatMap((row, index) => [
      ['mean', index, row.label, row.reference, cell(row.difference), cell(row.low), cell(row.high), row.paired ? 1 : 0, row.verdict],
      ...row.dots.map(({ value }) => ['dot', index, row.label, row.reference, value * power, '', '', row.paired ? 1 : 0, '']),
    ]),
  }
}

export const forestKind = {
  id: 'forest',
  title: 'Forest plot of differences',
  renderer: 'svg',
  aspect: (data) => Math.max(0.3, forestHeight(data.rows.length, PAPER_LOOK) / 480),
  svg: (data, look, size) => shapesToSvg(forestShapes(forestScene(data, look, size), look), look, size),
  summary,
  notes,
  table,
  fixtures: forestFixtures,
} satisfies ChartKind<ForestData>
