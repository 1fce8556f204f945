import type { RecordValue } from './record-value.ts'

/** A number, true or false (kept as 1 and 0), or a value made by `histogram`, `image`, `text`. */
export type Loggable = number | boolean | RecordValue

/** What `run.log` takes: loggable values under their names, nested as deep as you like. Names are joined with `/`. */
export type LogValues<Values> = {
  [Name in keyof Values]: Values[Name] extends Loggable
    ? Values[Name]
    : Values[Name] extends readonly unknown[]
      ? never
      : Values[Name] extends object
        ? LogValues<Values[Name]>
        : never
}

/** Logs one number of one metric: the cheapest way to log. Without a step, the next one is taken. */
export type MetricHandle = (value: number, step?: number) => void
