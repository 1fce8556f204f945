import type { LayerFact } from './run-facts.ts'
import type { RoleSeries, RunView } from './run-view.ts'

/** Series of layers from the input to the output, where the model was logged; those it does not name follow, in natural order. */
export function layersInOrder(run: RunView, series: readonly RoleSeries[]): RoleSeries[] {
  const place = (one: RoleSeries): number => {
    const found = factIndex(run, one.layer)
    return found < 0 ? Number.MAX_SAFE_INTEGER : found
  }
  return [...series].sort((a, b) => place(a) - place(b))
}

/** What the model says of the layer that a series is named after: `lstm/kernel` and `conv1-activation` belong to `lstm` and to themselves. */
export function layerFact(run: RunView, layer: string | null): LayerFact | null {
  return run.facts.layers?.[factIndex(run, layer)] ?? null
}

function factIndex({ facts }: RunView, layer: string | null): number {
  const layers = facts.layers ?? []
  const exact = layers.findIndex(({ name }) => name === layer)
  return exact >= 0 ? exact : layers.findIndex(({ name }) => layer?.startsWith(`${name}/`))
}

/** By its name a bias, or the gain or shift of a normalisation: it starts at 0 or 1, and ratios and norms of it say little. */
export function isSmallPart(layer: string): boolean {
  return SMALL_PARTS.test(layer)
}

const SMALL_PARTS = /(^|[/._-])(bias(es)?|beta|gamma|(batch|layer|group|instance)?_?norm(alization)?\d*|bn\d*|ln_?\w*)([/._-](weight|scale))?$/i

/** A table of rows, of which a batch touches few. */
export function isEmbedding(run: RunView, layer: string | null): boolean {
  return layerFact(run, layer)?.type === 'Embedding' || /embed/i.test(layer ?? '')
}

/** Layers in a sentence: at most three by name. */
export function nameLayers(layers: readonly string[]): string {
  const shown = layers.length <= 4 ? layers : layers.slice(0, 3)
  const rest = layers.length - shown.length
  const names = rest > 0 ? [...shown, `${rest} more layers`] : shown
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
