import type { Recipe } from '../generator/recipe.ts'
import { BEGINNINGS } from './beginnings.ts'
import { CURVES } from './curves.ts'
import { DATA_AND_MODES } from './data-and-modes.ts'
import { DEAD_LAYERS } from './dead-layers.ts'
import { EXPLODING } from './exploding.ts'
import { GENERALISATION } from './generalisation.ts'
import { HEALTHY } from './healthy.ts'
import { NOTHING_LEARNED } from './nothing-learned.ts'
import { REGULARISED } from './regularisation.ts'
import { LEARNED_BY_HEART, RUNNING, UNUSUAL } from './unusual.ts'

/** Every way to make a run, healthy ones first. */
export const RECIPES: readonly Recipe[] = [
  ...HEALTHY,
  RUNNING,
  LEARNED_BY_HEART,
  ...EXPLODING,
  ...BEGINNINGS,
  ...DEAD_LAYERS,
  ...NOTHING_LEARNED,
  ...CURVES,
  ...GENERALISATION,
  ...DATA_AND_MODES,
  ...REGULARISED,
  ...UNUSUAL,
]
