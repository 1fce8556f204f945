import { LossboardError } from '../core/errors.ts'
import { nearMatches } from '../core/near-matches.ts'

/** Throws `invalid_option` when `options` has a key that does not exist: a mistyped option must not be silently without effect. */
export function checkKeys(call: string, options: object, keys: readonly string[]): void {
  const odd = Object.keys(options).find((key) => !keys.includes(key))
  if (odd === undefined) return
  const [nearest] = nearMatches(odd, keys, 1)
  throw new LossboardError(
    'invalid_option',
    `${call}: unknown key "${odd}": ${nearest ? `did you mean "${nearest}"?` : `the keys are ${keys.join(', ')}`}`,
  )
}
