import { z } from 'zod'
import { LossboardError } from '../../../core/errors.ts'
import { defineSchedule, warmupOptions } from './schedule-kind.ts'

/** Without milestones: after half and after three quarters of the run, as He et al. 2016 trained residual networks on CIFAR-10. */
const USUAL = [0.5, 0.75]

export const step = defineSchedule({
  kind: 'step',
  schema: z
    .strictObject({
      kind: z.literal('step'),
      ...warmupOptions,
      factor: z.number().gt(0, 'must be above 0').lt(1, 'must be below 1').default(0.1).describe('What the rate is multiplied by at each milestone.'),
      milestones: z
        .array(z.number().positive('must be above 0'))
        .min(1, 'must have one epoch at least, or be null')
        .refine((epochs) => epochs.every((epoch, index) => index === 0 || epoch > epochs[index - 1]!), 'must be in rising order, each only once')
        .nullable()
        .default(null)
        .describe(
          'Epochs after which the rate falls, counted from the start of the run; fractions are fine. null: after 50 % and 75 % of the steps.',
        ),
    })
    .describe('The rate is multiplied by a factor at each milestone.'),
  factor: ({ factor, milestones }, { totalSteps, warmup, stepsPerEpoch }) => {
    const at = milestones?.map((epoch) => Math.round(epoch * stepsPerEpoch)) ?? USUAL.map((share) => warmup + share * (totalSteps - warmup))
    for (const [index, first] of at.entries()) {
      if (!milestones || (first >= warmup && first < totalSteps)) continue
      const where = first < warmup ? `inside the warm-up of ${warmup} steps` : `not before the end of the run (${totalSteps} steps)`
      throw new LossboardError(
        'invalid_option',
        `schedule.milestones: epoch ${milestones[index]} is step ${first}, ${where}: choose epochs in between`,
      )
    }
    return (now) => factor ** at.filter((first) => now >= first).length
  },
})
