import type { LayersModel } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import { nearMatches } from '../../../core/near-matches.ts'

/**
 * Names of the layers that match any of the globs, in the order of the model: `*` stands for any text, `?` for one character
 * (`stage1-*`, `hidden?`).
 * @throws LossboardError `invalid_option` for a glob that matches no layer, with the nearest layer
 */
export function layersMatching(model: LayersModel, globs: readonly string[]): string[] {
  const names = model.layers.map((layer) => layer.name)
  const matching = new Set<string>()
  for (const glob of globs) {
    const expression = globExpression(glob)
    const found = names.filter((name) => expression.test(name))
    if (found.length === 0) throw new LossboardError('invalid_option', noLayer(model, glob, names))
    for (const name of found) matching.add(name)
  }
  return names.filter((name) => matching.has(name))
}

function globExpression(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's')
}

function noLayer(model: LayersModel, glob: string, names: string[]): string {
  const withWeights = model.layers.filter((layer) => layer.weights.length > 0).map((layer) => layer.name)
  const [nearest] = nearMatches(glob.replaceAll(/[*?]/g, ''), names, 1)
  const hint = nearest
    ? `the nearest is "${nearest}"`
    : `layers with weights are ${withWeights.slice(0, 8).join(', ')}${withWeights.length > 8 ? ', …' : ''}`
  return `no layer of model "${model.name}" matches "${glob}": ${hint}`
}
