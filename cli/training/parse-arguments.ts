import { parse } from 'yaml'
import { LossboardError } from '../../core/errors.ts'

const SEEDS_MAX = 1000

/** `0..4`, `0,3,7`, or both mixed: each seed once, in the order given. */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap((part) => {
    const found = /^\s*(\d+)(?:\s*\.\.\s*(\d+))?\s*$/.exec(part)
    const first = Number(found?.[1])
    const last = Number(found?.[2] ?? found?.[1])
    if (!found || last < first || last - first >= SEEDS_MAX || last >= 2 ** 32)
      throw new LossboardError('invalid_option', `--seeds ${text}: write whole numbers as 0..4 or 0,3,7`)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
  return [...new Set(seeds)]
}

/** `optimizer.lr=1e-3`: the value is read as YAML, so numbers, true, null, [1, 2] and { kind: sgd } are what they look like, and all else is text. */
export function parseSetting(text: string): { path: string; value: unknown } {
  const at = text.indexOf('=')
  if (at < 1) throw new LossboardError('invalid_option', `--set ${text}: write a setting and its value as optimizer.lr=1e-3`)
  const written = text.slice(at + 1)
  try {
    return { path: text.slice(0, at).trim(), value: written === '' ? '' : (parse(written) as unknown) }
  } catch {
    return { path: text.slice(0, at).trim(), value: written }
  }
}

/** `RUN`, `RUN:best`, `RUN:last` or `RUN:1200`. */
export function parseFrom(text: string): { run: string; checkpoint?: 'best' | 'last' | number } {
  const found = /^(.+):(best|last|\d+)$/.exec(text)
  if (!found) return { run: text }
  const [, run = '', which = ''] = found
  return { run, checkpoint: which === 'best' || which === 'last' ? which : Number(which) }
}
