import { isOff } from './component-state.ts'
import { growsFrom } from './find-shape.ts'
import { foldedChanges, valueAt } from './folded-changes.ts'
import type { FoundVariant } from './group-variants.ts'
import type { StudyChange } from './study.ts'

const TAGS = ['baseline', 'base', 'full', 'control', 'default', 'reference']

/** `changes(a, b)`: what b changes of a. Kept, because every pair is asked for several times. */
export type ChangesBetween = (from: FoundVariant, to: FoundVariant) => StudyChange[]

export function rememberedChanges(): ChangesBetween {
  const known = new Map<FoundVariant, Map<FoundVariant, StudyChange[]>>()
  return (from, to) => {
    const row = known.get(from) ?? new Map<FoundVariant, StudyChange[]>()
    known.set(from, row)
    const changes = row.get(to) ?? (from === to ? [] : foldedChanges(from.flat, to.flat))
    row.set(to, changes)
    return changes
  }
}

/**
 * Which variant differences are best taken to, and why: the one asked for; else tagged as such; else the bare end of a chain; else the one
 * that most others are one change away from; else the one with the most parts in it, with the most runs, or the oldest.
 */
export function chooseBaseline(
  variants: readonly FoundVariant[],
  changes: ChangesBetween,
  wanted: string | null,
): { baseline: FoundVariant; reason: string } {
  const chosen = variants.find(({ key, runs }) => wanted !== null && (key === wanted || runs.some(({ run }) => run.id === wanted)))
  if (chosen) return { baseline: chosen, reason: 'Chosen by hand.' }
  if (variants.length === 1) return { baseline: variants[0]!, reason: 'It is the only variant.' }
  for (const tag of TAGS) {
    const tagged = variants.filter(({ runs }) => runs.some(({ run }) => run.tags.some((one) => one.toLowerCase() === tag)))
    if (tagged.length === 1) return { baseline: tagged[0]!, reason: `Its runs are tagged “${tag}”.` }
  }
  const paths = [...new Set(variants.flatMap((a) => variants.flatMap((b) => changes(a, b).map(({ path }) => path))))]
  const partsOn = new Map(variants.map((one) => [one, paths.filter((path) => !isOff(path, valueAt(one.flat, path))).length]))
  const on = (variant: FoundVariant) => partsOn.get(variant) ?? 0
  const ends = variants.filter((end) => isChainEnd(end, variants, changes, on)).sort((a, b) => on(a) - on(b))
  if (ends.length > 0) return { baseline: ends[0]!, reason: 'Every other variant changes more of it, step by step.' }
  const near = new Map(variants.map((one) => [one, variants.filter((other) => changes(one, other).length === 1).length]))
  const ranked = variants.toSorted((a, b) => near.get(b)! - near.get(a)! || on(b) - on(a) || b.runs.length - a.runs.length)
  const [first, second] = [ranked[0]!, ranked[1]!]
  const others = variants.length - 1
  if (near.get(first)! > near.get(second)!)
    return { baseline: first, reason: `${near.get(first)} of ${others} other variants are one change away from it.` }
  if (on(first) > on(second)) return { baseline: first, reason: `It has the most parts in it (${on(first)} of ${paths.length}).` }
  const equals = ranked.filter((one) => near.get(one) === near.get(first) && on(one) === on(first))
  if (first.runs.length > second.runs.length)
    return { baseline: first, reason: `It has the most runs of ${equals.length} variants that are as central.` }
  return { baseline: first, reason: `It is the oldest of ${equals.length} variants that are as central.` }
}

/**
 * Whether the others, by number of changes, each add to the one before, and parts are only put in or only taken out on the way: otherwise
 * two leaves of a star and its centre would be a chain. Where nothing is a part (numbers change), three in a row are a star.
 */
function isChainEnd(end: FoundVariant, variants: readonly FoundVariant[], changes: ChangesBetween, on: (variant: FoundVariant) => number): boolean {
  const others = variants.filter((one) => one !== end).sort((a, b) => changes(end, a).length - changes(end, b).length)
  if (others.length < 2 || !growsFrom(others.map((one) => changes(end, one)))) return false
  const counts = [end, ...others].map(on)
  const steadily = counts.every((count, i) => i === 0 || count > counts[i - 1]!) || counts.every((count, i) => i === 0 || count < counts[i - 1]!)
  return steadily || (others.length > 2 && counts.every((count) => count === counts[0]))
}
