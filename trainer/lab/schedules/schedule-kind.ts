import { z } from 'zod'

/** The part of the run that a schedule shapes: what comes after the warm-up. */
export interface ScheduleSpan {
  /** Steps of the whole run. */
  totalSteps: number
  /** Steps of the warm-up; the schedule begins at this step. */
  warmup: number
  stepsPerEpoch: number
}

/** One schedule: a file exports it, `registry.ts` lists it. */
export interface ScheduleKind<Kind extends string, Schema extends z.ZodType<{ kind: Kind; warmup: number; warmupStart: number }>> {
  kind: Kind
  schema: Schema
  /**
   * The factor on the learning rate, by step of the run, for warmup ≤ step ≤ totalSteps. Pure, in double precision.
   * @throws LossboardError `invalid_option` when the options do not fit the run.
   */
  factor(options: z.output<Schema>, span: ScheduleSpan): (step: number) => number
}

/** Lets the compiler infer the schema of a kind. */
export function defineSchedule<const Kind extends string, Schema extends z.ZodType<{ kind: Kind; warmup: number; warmupStart: number }>>(
  kind: ScheduleKind<Kind, Schema>,
): ScheduleKind<Kind, Schema> {
  return kind
}

/** What every schedule takes. */
export const warmupOptions = {
  warmup: z
    .number()
    .int('must be a whole number of steps')
    .min(0, 'must be 0 or more')
    .default(0)
    .describe('Steps over which the rate rises linearly to where the schedule begins; the schedule then has the steps that are left.'),
  warmupStart: z
    .number()
    .min(0, 'must be 0 or more')
    .max(1, 'must be at most 1')
    .default(0.01)
    .describe("Rate at step 0 of the warm-up, as a share of the schedule's first rate."),
}

export const finalOption = (byDefault = 0) =>
  z
    .number()
    .min(0, 'must be 0 or more')
    .max(1, 'must be at most 1')
    .default(byDefault)
    .describe('Rate at the end, as a share of the learning rate. It is reached after the last update, so no update is wasted on a rate of 0.')

/** How much of the schedule is over at this step, 0 to 1. */
export function progress(step: number, { totalSteps, warmup }: ScheduleSpan): number {
  return Math.min(1, Math.max(0, (step - warmup) / (totalSteps - warmup)))
}

/** Half a cosine wave from 1 at p = 0 to 0 at p = 1. */
export function halfCosine(p: number): number {
  return (1 + Math.cos(Math.PI * p)) / 2
}
