import type { Json, JsonObject } from '../../../core/run.ts'
import { isRecordValue } from '../../../trainer/record-value.ts'
import type { Run } from '../../../trainer/run.ts'

/** One metric as it was logged. */
export interface LoggedSeries {
  step: number[]
  value: number[]
  /** Milliseconds since 1970 of each point. */
  wall: number[]
}

export interface LoggedRecord {
  name: string
  kind: string
  step: number
  wall: number
  payload: Json
}

/** Everything a run has told: what a diagnosis may look at, and nothing else. */
export interface RunLog {
  config: JsonObject
  summary: JsonObject
  series: Record<string, LoggedSeries>
  records: LoggedRecord[]
  /** Roles of the runs that this one is tied to, such as `checkpoint`. */
  links: string[]
  status: 'running' | 'finished' | 'failed'
  /** When somebody looks at it, milliseconds since 1970. */
  now: number
}

/** Pictures and weights are bytes that no diagnosis reads. */
const LEFT_OUT = new Set(['image', 'checkpoint'])

/** A run that only remembers: the trainers log to it as to a real one. `now` is the clock, which a recipe may set. */
export class MemoryRun {
  readonly id = 'memory'
  readonly name = 'memory'
  readonly project = 'diagnosis'
  readonly number = 1
  readonly store = null
  readonly firstStep = 0
  readonly isInterrupted = false
  readonly signal = new AbortController().signal
  readonly logged: RunLog
  readonly config: { update(values: object): void }
  readonly summary: { update(values: object): void }

  constructor(private readonly clock: () => number = Date.now) {
    this.logged = { config: {}, summary: {}, series: {}, records: [], links: [], status: 'running', now: 0 }
    this.config = { update: (values) => void Object.assign(this.logged.config, values) }
    this.summary = { update: (values) => void Object.assign(this.logged.summary, values) }
  }

  log(values: Record<string, unknown>, step: number): void {
    const wall = this.clock()
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'number') this.point(name, step, value, wall)
      else if (isRecordValue(value) && !LEFT_OUT.has(value.kind))
        this.logged.records.push({ name, kind: value.kind, step, wall, payload: value.payload })
    }
  }

  link(_run: string, { role }: { role: string }): void {
    this.logged.links.push(role)
  }

  pruneRecords(): void {}

  defineMetric(): void {}

  async flush(): Promise<boolean> {
    return true
  }

  async finish(): Promise<boolean> {
    this.logged.status = 'finished'
    return true
  }

  /** What was logged, as seen now. */
  told(): RunLog {
    return { ...this.logged, now: this.clock() }
  }

  /** The trainers take the class of real runs. */
  asRun(): Run {
    return this as unknown as Run
  }

  private point(name: string, step: number, value: number, wall: number): void {
    let series = this.logged.series[name]
    if (!series) {
      series = { step: [], value: [], wall: [] }
      this.logged.series[name] = series
    }
    series.step.push(step)
    series.value.push(value)
    series.wall.push(wall)
  }
}
