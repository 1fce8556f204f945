import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LossboardError } from '../../core/errors.ts'
import { nearMatches } from '../../core/near-matches.ts'

/** The configs that come with Lossboard: beside the sources in a checkout, beside the bundle in dist/. */
function folder(): string {
  return fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../examples/configs' : './configs', import.meta.url))
}

export function exampleNames(): string[] {
  return readdirSync(folder())
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort()
}

/** @throws LossboardError `not_found` naming the nearest example */
export function exampleConfig(name: string): string {
  const names = exampleNames()
  if (names.includes(name)) return join(folder(), `${name}.yaml`)
  const [nearest] = nearMatches(name, names, 1)
  throw new LossboardError('not_found', `no example "${name}": ${nearest ? `did you mean ${nearest}?` : `there is ${names.join(', ')}`}`)
}
