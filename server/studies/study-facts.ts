import type { SeriesPoints } from '../../core/ablation/aggregate-run.ts'
import { pointsNeeded } from '../../core/ablation/aggregate-run.ts'
import type { StudyRunFacts } from '../../core/ablation/run-facts.ts'
import type { StudyMetric } from '../../core/ablation/study.ts'
import { studyRunFacts } from '../../core/ablation/study-run-facts.ts'
import { asShown } from '../../core/as-shown.ts'
import type { JsonObject, Run } from '../../core/run.ts'
import type { Store } from '../../db/store.ts'

/** Runs whose facts are kept between questions: the table editor asks again at every change of a setting. */
const REMEMBERED = 5000

/**
 * Reads what a study needs of its runs. Facts are kept by run, revision and metrics, so that a change of the table's looks costs no
 * reading at all and a new point only that of its own run.
 */
export class StudyFacts {
  readonly #store: Store
  readonly #known = new Map<string, { rev: number; facts: Omit<StudyRunFacts, 'status'> }>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Facts of the runs that are still there, in the given order. */
  async of(runIds: readonly string[], metrics: readonly StudyMetric[], now = Date.now()): Promise<StudyRunFacts[]> {
    const key = JSON.stringify(metrics.map(({ name, goal, aggregate }) => [name, goal, aggregate]))
    const out: StudyRunFacts[] = []
    for (const id of runIds) {
      const stored = await this.#store.run(id)
      if (!stored) continue
      const run = asShown(stored, now)
      const known = this.#known.get(`${id} ${key}`)
      // Silence makes a run crashed without any change in the store, so the status is always read anew.
      if (known && known.rev === run.rev) out.push({ ...known.facts, status: run.status })
      else {
        const facts = await this.#read(run, metrics)
        this.#remember(`${id} ${key}`, run.rev, facts)
        out.push(facts)
      }
    }
    return out
  }

  async #read(run: Run, metrics: readonly StudyMetric[]): Promise<StudyRunFacts> {
    const [summaries, data] = await Promise.all([
      this.#store.series(run.id),
      this.#store.records({ runId: run.id, name: 'data', limit: 1, last: true }),
    ])
    const present = new Set(summaries.map(({ name }) => name))
    const points = new Map<string, SeriesPoints>()
    for (const name of pointsNeeded(metrics)) if (present.has(name)) points.set(name, await this.#points(run.id, name))
    const payload = data[0]?.payload as { data?: JsonObject } | undefined
    return studyRunFacts({ run, summaries, points: (name) => points.get(name) ?? null, data: payload?.data ?? null }, metrics)
  }

  async #points(runId: string, name: string): Promise<SeriesPoints> {
    const steps: number[] = []
    const values: number[] = []
    for await (const batch of this.#store.points(runId, name)) {
      for (let i = 0; i < batch.step.length; i++) {
        steps.push(batch.step[i] as number)
        values.push(batch.value[i] as number)
      }
    }
    return { steps, values }
  }

  #remember(key: string, rev: number, facts: StudyRunFacts): void {
    this.#known.set(key, { rev, facts })
    if (this.#known.size <= REMEMBERED) return
    const oldest = this.#known.keys().next()
    if (!oldest.done) this.#known.delete(oldest.value)
  }
}
