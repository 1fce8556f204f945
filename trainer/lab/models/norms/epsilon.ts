import { z } from 'zod'

/** The ε of (x − μ)/√(σ² + ε), an option of every norm. */
export const epsilon = z.number().positive().default(1e-5).describe('Added to the variance before the root, against division by 0.')
