import { seedList } from './seed-list.ts'
import type { StudyComparison } from './study-result.ts'

/** A counted value, with the data its run saw. */
export interface PairableValue {
  seed: number | null
  value: number
  dataHash: string | null
}

export type Pairs = Pick<StudyComparison, 'pairing' | 'pairs'>

/**
 * Decides, before any value is compared, whether two variants are compared seed by seed. They are when at least two seeds, and at least half
 * of the smaller side's runs, are shared, and no shared seed is known to have meant other data. Runs that have no partner are then left out.
 */
export function pairRuns(variant: readonly PairableValue[], reference: readonly PairableValue[]): Pairs {
  const others = new Map(reference.flatMap((one) => (one.seed === null ? [] : [[one.seed, one] as const])))
  const shared = variant.flatMap((one) => {
    const other = one.seed === null ? undefined : others.get(one.seed)
    return other === undefined || one.seed === null ? [] : [{ seed: one.seed, one, other }]
  })
  shared.sort((a, b) => a.seed - b.seed)
  const sharedSeeds = shared.map(({ seed }) => seed)
  const refused = whyNot(variant, reference, shared)
  if (refused !== null)
    return { pairing: { paired: false, sharedSeeds, nVariant: variant.length, nReference: reference.length, reason: refused }, pairs: [] }
  const n = shared.length
  const lonely = variant.length + reference.length - 2 * n
  const proven = shared.every(({ one, other }) => one.dataHash !== null && one.dataHash === other.dataHash)
  const left = lonely === 0 ? '' : `; ${lonely === 1 ? '1 run without a partner is' : `${lonely} runs without a partner are`} left out`
  const data = proven ? 'the same data by its hash' : 'no hash of the data is logged for all of them'
  const reason = `Paired by seed (${seedList(sharedSeeds)}; ${data})${left}.`
  const pairs = shared.map(({ seed, one, other }) => ({ seed, variant: one.value, reference: other.value, difference: one.value - other.value }))
  return { pairing: { paired: true, sharedSeeds, nVariant: n, nReference: n, reason }, pairs }
}

function whyNot(
  variant: readonly PairableValue[],
  reference: readonly PairableValue[],
  shared: readonly { seed: number; one: PairableValue; other: PairableValue }[],
): string | null {
  const n = shared.length
  const least = Math.min(variant.length, reference.length)
  if (least === 0) return 'Not compared: one side has no value.'
  const other = shared.find(({ one, other }) => one.dataHash !== null && other.dataHash !== null && one.dataHash !== other.dataHash)
  if (other !== undefined) return `Not paired: seed ${other.seed} did not mean the same data on both sides.`
  if (n === 0) return 'Not paired: no seed is shared.'
  if (n === 1 && least === 1) return 'One shared seed: a single difference has no spread, so nothing is tested.'
  if (n < 2 || 2 * n < least) return `Not paired: only ${n} of ${least} seeds ${n === 1 ? 'is' : 'are'} shared.`
  return null
}
