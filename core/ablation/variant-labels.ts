import { configText } from '../config-diff.ts'
import type { Json } from '../run.ts'
import { truncateMiddle } from '../truncate-middle.ts'
import { isOff } from './component-state.ts'
import { splitPath } from './config-path.ts'
import type { StudyChange, StudyShape, StudyVariant } from './study.ts'

const MOST_VALUE = 24
const SWITCH = /^(enabled?|active|on|use|used|kind|type|name|mode|method|_target_|class)$/

/** The shortest end of each path that no other path shares: `heads`, or `attention.heads` where `mlp.heads` is another. Switches give the name of what they switch. */
export function shortNames(paths: readonly string[]): Map<string, string> {
  const parts = new Map(paths.map((path) => [path, meaningful(splitPath(path))]))
  return new Map(
    paths.map((path) => {
      const own = parts.get(path)!
      for (let length = 1; length < own.length; length++) {
        const end = own.slice(-length).join('.')
        if (![...parts].some(([other, its]) => other !== path && its.slice(-length).join('.') === end)) return [path, end]
      }
      return [path, own.join('.')]
    }),
  )
}

function meaningful(parts: string[]): string[] {
  const kept = parts.length > 1 && SWITCH.test(parts.at(-1)!) ? parts.slice(0, -1) : parts
  const last = kept.at(-1)!
  const bare = /^(?:use|with|enable|has)_(.+)$/.exec(last)?.[1]
  return bare === undefined ? kept : [...kept.slice(0, -1), bare]
}

function valueText(value: Json | undefined): string {
  return value === undefined ? 'not there' : truncateMiddle(typeof value === 'string' && value.trim() !== '' ? value : configText(value), MOST_VALUE)
}

/** One change in words: `w/o attention`, `+ dropout 0.25`, `heads: 8 → 4`. */
export function changeLabel({ path, from, to }: StudyChange, name: string): string {
  const [was, is] = [!isOff(path, from), !isOff(path, to)]
  if (was && !is) return `w/o ${name}`
  if (!was && is) return to === true || (to !== null && typeof to === 'object' && !Array.isArray(to)) ? `+ ${name}` : `+ ${name} ${valueText(to)}`
  return `${name}: ${valueText(from)} → ${valueText(to)}`
}

/** Labels of all variants, in their order; no two are the same. */
export function variantLabels(variants: readonly Pick<StudyVariant, 'key' | 'changes'>[], baseline: string, shape: StudyShape): string[] {
  const names = shortNames([...new Set(variants.flatMap(({ changes }) => changes.map(({ path }) => path)))])
  const labels = variants.map(({ key, changes }, at) => {
    if (shape === 'sweep') return sweptLabel(variants, changes, names)
    if (key === baseline) return baselineLabel(variants, shape)
    const before = new Set(shape === 'chain' ? (variants[at - 1]?.changes ?? []).map(({ path }) => path) : [])
    const own = changes.filter(({ path }) => !before.has(path))
    return own.map((change) => changeLabel(change, names.get(change.path) ?? change.path)).join(', ') || 'same as baseline'
  })
  const taken = new Map<string, number>()
  return labels.map((label) => {
    const times = (taken.get(label) ?? 0) + 1
    taken.set(label, times)
    return times === 1 ? label : `${label} (${times})`
  })
}

function sweptLabel(variants: readonly Pick<StudyVariant, 'changes'>[], changes: readonly StudyChange[], names: ReadonlyMap<string, string>): string {
  const any = variants.flatMap((one) => one.changes)[0]
  const path = any?.path ?? ''
  return `${names.get(path) ?? path} = ${valueText(changes.length === 0 ? any?.from : changes[0]!.to)}`
}

function baselineLabel(variants: readonly Pick<StudyVariant, 'changes'>[], shape: StudyShape): string {
  const all = variants.flatMap(({ changes }) => changes)
  const taken = all.filter(({ path, from, to }) => !isOff(path, from) && isOff(path, to)).length
  if (shape === 'add-one-in' || (shape === 'chain' && 2 * taken <= all.length)) return 'base'
  return all.length > 0 && taken === all.length ? 'full' : 'baseline'
}
