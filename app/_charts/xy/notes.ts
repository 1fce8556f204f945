import { formatCount } from '../../../core/format-number.ts'
import { LARGEST, widen, xExtent, yExtent } from './extent.ts'
import { smoothingText } from './smoothing-text.ts'
import { spanNotes } from './spans.ts'
import { MANY_LINES, type Mark, type XyData } from './xy-data.ts'

/** From here on dots may fall on the same spot. */
const DENSE = 500

/** What a reader must know to trust the picture: nothing dropped, thinned, clipped or smoothed goes unsaid. */
export function xyNotes(data: XyData, mark: Mark): string[] {
  const { lines } = data
  if (lines.length === 0) return []
  const sum = (pick: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + pick(line), 0)
  const view = widen(data.view ?? xExtent(lines) ?? [0, 1])
  const notes: string[] = []

  const smoothed = lines.filter((line) => line.columns.smoothY.length > 0)
  const rough = smoothed.filter((line) => !line.columns.smoothExact)
  if (smoothed.length > 0) {
    const how = rough.length === 0 ? 'over every point' : (rough[0]!.columns.smoothNote ?? 'approximated for very long series')
    notes.push(`Smoothed: ${smoothingText(data.smoothing)}, ${how}.`)
  }
  const plain = data.smoothing.kind === 'none' ? [] : lines.filter((line) => line.columns.smoothY.length === 0 && line.columns.x.length > 0)
  if (plain.length > 0)
    notes.push(`${plain.length > 2 ? `${plain.length} series` : plain.map((line) => line.label).join(', ')} not smoothed: few points.`)
  if (mark === 'line' && smoothed.length > 0 && lines.length > MANY_LINES)
    notes.push(`Raw values are hidden above ${MANY_LINES} series; point at one in the legend to see its own.`)

  const total = sum((line) => line.columns.n - line.columns.nonFinite)
  const points = `${formatCount(total)} ${total === 1 ? 'point' : 'points'}`
  if (total === 0) notes.push('No finite value in this range.')
  else if (lines.every((line) => line.columns.exact)) {
    if (mark === 'dots') notes.push(`${points}${total > DENSE ? ', one dot per spot of 2 × 2 pixels' : ''}.`)
    else notes.push(total === 1 ? 'The only point is drawn.' : `All ${points} drawn.`)
  } else {
    const drawn = formatCount(sum((line) => line.columns.x.length))
    notes.push(
      mark === 'dots'
        ? `${drawn} of ${points} drawn: first, lowest, highest and last of each column, so extremes stand out.`
        : `${drawn} of ${points} drawn: first, lowest, highest and last of each pixel.`,
    )
  }

  const nonFinite = sum((line) => line.columns.nonFinite)
  if (nonFinite > 0) {
    const kinds = new Set(lines.flatMap((line) => [...line.columns.nonFiniteKind]))
    const symbols = ['× NaN', '▲ +Inf', '▼ −Inf'].filter((_, kind) => kinds.has(kind)).join(', ')
    notes.push(`${formatCount(nonFinite)} NaN or infinite ${nonFinite === 1 ? 'value' : 'values'}: gaps, marked at the edge (${symbols}).`)
  }

  const superseded = sum((line) => line.columns.superseded)
  if (superseded > 0) {
    const shown = lines.some((line) => line.columns.abandonedX.length > 0)
    const points = `${formatCount(superseded)} superseded ${superseded === 1 ? 'point' : 'points'}`
    notes.push(shown ? `${points} (abandoned attempts or rewritten steps): dotted.` : `${points} (abandoned attempts or rewritten steps) hidden.`)
  }

  const huge = data.logY ? 0 : sum((line) => countHuge(line.columns.y))
  if (huge > 0) notes.push(`${formatCount(huge)} values beyond ±${LARGEST} are drawn at the edge.`)
  const { clipped, notPositive } = yExtent(data, view)
  const least = lines.every((line) => line.columns.exact) ? '' : 'at least '
  if (notPositive > 0) notes.push(`Log axis: ${least}${formatCount(notPositive)} ${notPositive === 1 ? 'value' : 'values'} ≤ 0 cannot be shown.`)
  if (clipped > 0)
    notes.push(`y axis clipped to the 5th–95th percentile: ${least}${formatCount(clipped)} ${clipped === 1 ? 'point lies' : 'points lie'} outside.`)
  return [...notes, ...spanNotes(data)]
}

function countHuge(values: Float64Array): number {
  let count = 0
  for (const value of values) if (value > LARGEST || value < -LARGEST) count++
  return count
}
