import { formatCount, formatNumber } from '../../../core/format-number.ts'
import { yExtent } from '../xy/extent.ts'
import { type SeedBandsData, spreadText } from './band-data.ts'

/** What the means are over, what the bands are, and where they are not what they seem. */
export function bandNotes(data: SeedBandsData): string[] {
  const facts = data.lines.flatMap(({ key }) => data.facts[key] ?? [])
  if (facts.length === 0) return []
  const seeds = facts.map((one) => one.seeds)
  const [least, most] = [Math.min(...seeds), Math.max(...seeds)]
  const notes = [
    `Mean over seeds (n = ${least === most ? most : `${least} to ${most}`})${most > 1 ? `; band: ${spreadText(data.spread, data.level)}` : ''}.`,
    data.bin === null
      ? 'Every logged step by itself.'
      : `Steps of the seeds differ or are too many: each seed stands with its last drawn value in every ${formatNumber(data.bin)} of x.`,
  ]
  const lone = facts.filter((one) => one.seeds === 1).length
  if (lone > 0) notes.push(`${lone === facts.length ? 'One seed each' : `${formatCount(lone)} of one seed`}: no band.`)
  const partial = facts.filter((one) => one.partial > 0).length
  if (partial > 0)
    notes.push(`In ${formatCount(partial)} of ${formatCount(facts.length)} curves some places have fewer seeds: the mean may jump where n changes.`)
  const nonFinite = facts.reduce((sum, one) => sum + one.nonFinite, 0)
  if (nonFinite > 0) notes.push(`${formatCount(nonFinite)} NaN or infinite values are in no mean.`)
  if (data.leftOut > 0) notes.push(`${formatCount(data.leftOut)} more ${data.leftOut === 1 ? 'variant is' : 'variants are'} not drawn.`)
  const view = data.view ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const { notPositive, clipped } = yExtent(data, view)
  if (notPositive > 0) notes.push(`Log axis: ${formatCount(notPositive)} means ≤ 0 cannot be shown.`)
  if (clipped > 0) notes.push(`y axis clipped to the 5th–95th percentile: ${formatCount(clipped)} means lie outside.`)
  return notes
}
