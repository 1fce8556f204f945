import type { RoleMapping } from '../../core/diagnosis/roles/role.ts'
import { RunReading } from '../../db/diagnosis/run-reading.ts'
import type { Store } from '../../db/store.ts'

/** Running runs whose state is kept, so that only new points are read. Of more the one not looked at for longest is read anew. */
const KEPT = 16

export class LiveReadings {
  readonly #kept = new Map<string, { mapping: string; reading: RunReading }>()

  /** What was read of the run so far under this mapping; otherwise nothing yet. `keep`: remember it. */
  of(store: Store, runId: string, mapping: RoleMapping, keep: boolean): RunReading {
    const key = JSON.stringify(mapping)
    const known = this.#kept.get(runId)
    this.#kept.delete(runId)
    const reading = known?.mapping === key ? known.reading : new RunReading(store, runId, mapping)
    if (keep) {
      this.#kept.set(runId, { mapping: key, reading })
      for (const oldest of this.#kept.keys()) {
        if (this.#kept.size <= KEPT) break
        this.#kept.delete(oldest)
      }
    }
    return reading
  }

  forget(runId: string): void {
    this.#kept.delete(runId)
  }
}
