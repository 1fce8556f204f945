import { z } from 'zod'

export const labelSmoothingOption = z
  .number()
  .min(0, 'must be 0 or more')
  .lt(1, 'must be below 1: nothing of the labels would be left')
  .default(0)
  .describe('Label smoothing ε: share of each target that is spread evenly. It applies wherever this loss is computed, validation too.')
