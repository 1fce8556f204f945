import { z } from 'zod'
import { LossboardError } from '../../../core/errors.ts'
import { constant } from './constant.ts'
import { cosine } from './cosine.ts'
import { inverseSquareRoot } from './inverse-square-root.ts'
import { linear } from './linear.ts'
import { oneCycle } from './one-cycle.ts'
import type { ScheduleSpan } from './schedule-kind.ts'
import { step } from './step.ts'

/** Every schedule, by its kind. */
export const SCHEDULES = {
  constant,
  step,
  cosine,
  linear,
  [inverseSquareRoot.kind]: inverseSquareRoot,
  [oneCycle.kind]: oneCycle,
}

type Schema = (typeof SCHEDULES)[keyof typeof SCHEDULES]['schema']

export const SCHEDULE_KINDS = Object.keys(SCHEDULES) as (keyof typeof SCHEDULES)[]

export const scheduleSchema = z
  .discriminatedUnion('kind', Object.values(SCHEDULES).map(({ schema }) => schema) as unknown as [Schema, ...Schema[]], {
    error: `needs a kind: ${SCHEDULE_KINDS.join(', ')}`,
  })
  .describe('How the learning rate changes over the steps of the run.')

/** As written; everything but `kind` has a default. */
export type ScheduleInput = z.input<typeof scheduleSchema>
/** With every default filled in. */
export type ScheduleConfig = z.output<typeof scheduleSchema>

export interface ScheduledRun {
  /** The rate that factors are taken of: the highest of the run. */
  learningRate: number
  /** Updates of the whole run. */
  totalSteps: number
  stepsPerEpoch: number
}

/**
 * The learning rate by step. Update number `step`, counted from 0, uses the rate of `step`; rates are those of the end beyond it. A pure
 * function in double precision: a run that is resumed asks for its step and needs no state.
 * @throws LossboardError `invalid_option` when the warm-up or a milestone does not fit into the run.
 */
export function makeSchedule(config: ScheduleConfig, { learningRate, totalSteps, stepsPerEpoch }: ScheduledRun): (step: number) => number {
  for (const [name, count] of Object.entries({ totalSteps, stepsPerEpoch }))
    if (!Number.isSafeInteger(count) || count < 1)
      throw new LossboardError('invalid_argument', `${name} is ${String(count)}: it must be a whole number, 1 or more`)
  if (!(learningRate >= 0 && learningRate < Number.POSITIVE_INFINITY))
    throw new LossboardError('invalid_argument', `learningRate is ${String(learningRate)}: it must be a number, 0 or more`)
  const { warmup, warmupStart } = config
  if (warmup >= totalSteps)
    throw new LossboardError(
      'invalid_option',
      `schedule.warmup is ${warmup} steps, but the whole run has ${totalSteps}: choose fewer, or train for more epochs`,
    )
  // A config goes with the schedule of its own kind; the compiler cannot follow that through the table.
  const make = SCHEDULES[config.kind].factor as (options: ScheduleConfig, span: ScheduleSpan) => (step: number) => number
  const factor = make(config, { totalSteps, warmup, stepsPerEpoch })
  const first = factor(warmup)
  return (step) => {
    if (step >= warmup) return learningRate * factor(Math.min(step, totalSteps))
    const risen = Math.max(0, step) / warmup
    return learningRate * first * (warmupStart * (1 - risen) + risen)
  }
}
