import { setTimeout as sleep } from 'node:timers/promises'
import { isLossboardError } from '../../../core/errors.ts'
import type { RowSource } from '../../../core/import-source.ts'
import type { Run } from '../../../core/run.ts'
import { VERSION } from '../../../core/version.ts'
import { randomId } from '../../../db/random-id.ts'
import type { FlushBatch, PointBatch, RunPatch, RunWriter, Store } from '../../../db/store.ts'
import type { RunIntake, WaitingPoint } from './run-intake.ts'

const NOTHING_TAKEN = { marks: {}, supersededMarks: {}, recordMark: { n: 0, digest: '' } }
const BUSY_TRIES = 12
const BUSY_PAUSE_MS = 500

/** Writes what was collected of one run, each time in one transaction with how far its source was taken. */
export class RunStore {
  /** Null until the run is made. */
  private runId: string | null
  private readonly writers = new Map<number, RunWriter>()
  private stored: Pick<RowSource, 'marks' | 'recordMark'>

  constructor(
    private readonly store: Store,
    private readonly intake: RunIntake,
    private readonly project: string,
    /** When the file was written last, ms since epoch: stands for times that the source does not say. */
    private readonly fallbackTime: number,
  ) {
    this.runId = intake.known?.run.id ?? null
    this.stored = intake.known?.source ?? NOTHING_TAKEN
  }

  get id(): string | null {
    return this.runId
  }

  /** Stores what waits. `source`: how far that is. */
  async flush(source: RowSource, patch: RunPatch = {}): Promise<void> {
    const { waiting, facts, rules } = this.intake
    await this.make(source)
    const last = facts.forkStep === null ? 1 : 2
    const environment = this.environment(source)
    if (waiting.old.length > 0) {
      // With marks of their own: killed between the two, the rest is imported next time and nothing twice.
      const { marks, recordMark } = this.stored
      await this.write(1, { points: this.batch(waiting.old), patch: { environment: this.environment({ ...source, marks, recordMark }) } })
      waiting.old.length = 0
    }
    await this.write(last, { points: this.batch(waiting.points), records: waiting.records, rules, patch: { ...patch, environment } })
    this.stored = source
    waiting.points.length = 0
    waiting.records.length = 0
    rules.length = 0
  }

  close(): void {
    for (const writer of this.writers.values()) writer.close()
    this.writers.clear()
  }

  private environment(source: RowSource): Run['environment'] {
    return { ...this.intake.facts.environment, source }
  }

  private async make(source: RowSource): Promise<void> {
    if (this.runId !== null) return
    const { facts, firstWall } = this.intake
    const startedAt = facts.startedAt ?? firstWall ?? this.fallbackTime
    const id = facts.id ?? randomId()
    const environment = this.environment({ ...source, ...NOTHING_TAKEN })
    const writer = await this.store.createRun({
      id,
      project: this.project,
      name: facts.name,
      group: facts.group,
      jobType: facts.jobType,
      tags: facts.tags,
      notes: facts.notes,
      startedAt,
      config: facts.config,
      environment,
      seed: facts.seed,
      parentId: null,
      forkStep: null,
      writerVersion: VERSION,
    })
    this.writers.set(1, writer)
    this.runId = id
    if (facts.forkStep === null) return
    this.writers.set(2, await this.store.resumeRun(id, { forkStep: facts.forkStep, startedAt, environment }))
  }

  private async write(attempt: number, batch: FlushBatch): Promise<void> {
    let writer = this.writers.get(attempt)
    if (!writer) {
      writer = await this.store.continueRun(this.runId!, attempt)
      this.writers.set(attempt, writer)
    }
    for (let left = BUSY_TRIES; ; left--) {
      try {
        return writer.flush(batch)
      } catch (error) {
        if (left === 0 || !isLossboardError(error) || error.code !== 'store_busy') throw error
        await sleep(BUSY_PAUSE_MS)
      }
    }
  }

  private batch(points: WaitingPoint[]): PointBatch {
    const index = new Map<string, number>()
    const number = (name: string) => {
      const known = index.get(name)
      if (known !== undefined) return known
      index.set(name, index.size)
      return index.size - 1
    }
    return {
      series: Uint32Array.from(points, ({ name }) => number(name)),
      names: [...index.keys()],
      step: Float64Array.from(points, ({ step }) => step),
      wall: Float64Array.from(points, ({ wall }) => wall ?? this.fallbackTime),
      value: Float64Array.from(points, ({ value }) => value),
    }
  }
}
