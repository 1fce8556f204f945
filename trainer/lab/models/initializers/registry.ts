import type { z } from 'zod'
import { namedChoice } from '../named-choice.ts'
import { constant } from './constant.ts'
import { gaussian } from './gaussian.ts'
import type { Initializer } from './initializer.ts'
import { msra } from './msra.ts'
import { xavier } from './xavier.ts'

/** Every initialisation. A new one is one file in this folder and one line here. */
const INITIALIZERS = [msra, xavier, gaussian, constant] as const

export const initSchema = namedChoice(
  'init',
  INITIALIZERS.map(({ schema }) => schema),
)
export type InitConfig = z.output<typeof initSchema>

const byKind = new Map<string, Initializer>(INITIALIZERS.map((one) => [one.schema.shape.kind.value, one as unknown as Initializer]))

/** Fills a kernel of the given shape; the last dimension is the outputs. */
export function drawKernel(config: InitConfig, shape: readonly number[], gaussian: () => number): Float32Array {
  const fanIn = shape.slice(0, -1).reduce((product, length) => product * length, 1)
  const { draw } = byKind.get(config.kind)!
  return Float32Array.from({ length: fanIn * (shape.at(-1) ?? 1) }, () => draw(config, fanIn, gaussian))
}
