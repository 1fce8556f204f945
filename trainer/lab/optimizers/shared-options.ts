import { z } from 'zod'

const POSITIVE = 'must be above 0'

export const clipSchema = z
  .union(
    [
      z.strictObject({
        value: z.number().positive(POSITIVE).describe('Every element of the gradient is limited to ±value. NaN stays NaN; infinities become ±value.'),
      }),
      z.strictObject({
        norm: z
          .number()
          .positive(POSITIVE)
          .describe(
            'All gradients together are scaled down so that their global L2 norm is at most this. When the norm is not finite, nothing is scaled.',
          ),
      }),
    ],
    { error: 'must be null, { value: … } or { norm: … }, the limit being a number above 0' },
  )
  .nullable()
  .default(null)
  .describe('Gradient clipping, before weight decay is added: by value, by global norm, or null for none.')

export type Clip = z.output<typeof clipSchema>

/** What every optimizer takes; each kind gives its own defaults. */
export const sharedOptions = (byDefault: { lr: number; weightDecay?: number; decay?: 'coupled' | 'decoupled' }) => ({
  lr: z.number().positive(POSITIVE).default(byDefault.lr).describe('Learning rate; with a schedule, the highest one.'),
  weightDecay: z
    .number()
    .min(0, 'must be 0 or more')
    .lt(1, 'must be below 1')
    .default(byDefault.weightDecay ?? 0)
    .describe('λ of weight decay; 0 switches it off.'),
  decay: z
    .enum(['coupled', 'decoupled'])
    .default(byDefault.decay ?? 'coupled')
    .describe(
      'coupled: L2 penalty λ/2·Σw², its gradient λw is added to the gradient. decoupled: w shrinks by the learning rate times λw, past the update rule.',
    ),
  decayAll: z
    .boolean()
    .default(false)
    .describe('Decay biases, normalisation parameters, PReLU slopes and other variables with fewer than two dimensions too.'),
  clip: clipSchema,
})

export type SharedOptions = z.output<z.ZodObject<ReturnType<typeof sharedOptions>>>

/** A decay rate of a running mean. Above 0.999999 its bias correction would outlast the counter of steps. */
export const runningMeanRate = (byDefault: number, text: string) =>
  z.number().min(0, 'must be 0 or more').max(0.999999, 'must be at most 0.999999').default(byDefault).describe(text)

export const momentumRate = z
  .number()
  .min(0, 'must be 0 or more')
  .lt(1, 'must be below 1: the velocity would never lose anything')
  .default(0.9)
  .describe('ρ: share of the velocity that is kept from step to step.')

export const epsilonOption = z
  .number()
  .min(1e-12, 'must be 1e-12 or more: a weight whose gradient is always 0 would become NaN')
  .default(1e-7)
  .describe('Added to the square root in the denominator (outside of it), against division by zero.')
