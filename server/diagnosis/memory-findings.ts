import { listedFindings } from '../../core/findings/listed.ts'
import type { FindingMute, ListedFinding, RunDiagnosis } from '../../core/findings/run-finding.ts'
import type { FindingChanges, FindingStore, Undiagnosed } from '../../db/finding-store.ts'
import type { Store } from '../../db/store.ts'

/** Diagnoses kept in full; of more runs only what lists show. */
const WHOLE_MAX = 1_000

/** Keeps what was found in memory, over what the store holds already: for a store that may not be written. Mutes and roles are the store's. */
export class MemoryFindings implements FindingStore {
  readonly #store: Store
  readonly #known = new Map<string, { engine: string; runRev: number; stamp: string; rev: number; listed: ListedFinding[] }>()
  readonly #whole = new Map<string, RunDiagnosis>()
  #rev = 0

  constructor(store: Store) {
    this.#store = store
  }

  async undiagnosed(engine: string, limit: number): Promise<Undiagnosed> {
    const { runs } = await this.#store.findings.undiagnosed(engine, Number.MAX_SAFE_INTEGER)
    const waiting = runs.filter(({ id, rev }) => {
      const known = this.#known.get(id)
      return !known || known.engine !== engine || known.runRev < rev
    })
    return { runs: waiting.slice(0, limit), total: waiting.length }
  }

  stamp(runId: string): Promise<string> {
    return this.#store.findings.stamp(runId)
  }

  /** Null also for one that was forgotten to save memory. */
  async diagnosis(runId: string): Promise<RunDiagnosis | null> {
    return this.#whole.get(runId) ?? (this.#known.has(runId) ? null : this.#store.findings.diagnosis(runId))
  }

  async save(diagnosis: RunDiagnosis): Promise<void> {
    const { runId, engine, runRev, stamp } = diagnosis
    this.#known.set(runId, { engine, runRev, stamp, rev: ++this.#rev, listed: listedFindings(diagnosis) })
    this.#whole.delete(runId)
    this.#whole.set(runId, diagnosis)
    for (const oldest of this.#whole.keys()) {
      if (this.#whole.size <= WHOLE_MAX) break
      this.#whole.delete(oldest)
    }
  }

  async confirm(runId: string, runRev: number): Promise<void> {
    const known = this.#known.get(runId)
    if (known) known.runRev = runRev
    const whole = this.#whole.get(runId)
    if (whole) this.#whole.set(runId, { ...whole, runRev })
  }

  /** Revisions are of this object; the first answer holds what the store knew. */
  async since(rev: number): Promise<FindingChanges> {
    const stored = rev === 0 ? await this.#store.findings.since(0) : { runIds: [], findings: [] }
    const own = [...this.#known].filter(([, known]) => known.rev > rev)
    const replaced = new Set(own.map(([id]) => id))
    this.#rev = Math.max(this.#rev, 1)
    return {
      rev: this.#rev,
      runIds: [...stored.runIds.filter((id) => !replaced.has(id)), ...replaced],
      findings: [...stored.findings.filter(({ runId }) => !replaced.has(runId)), ...own.flatMap(([, { listed }]) => listed)],
    }
  }

  mutes(project?: string): Promise<FindingMute[]> {
    return this.#store.findings.mutes(project)
  }

  mute(mute: Omit<FindingMute, 'id' | 'at'>): Promise<FindingMute> {
    return this.#store.findings.mute(mute)
  }

  unmute(id: string): Promise<FindingMute> {
    return this.#store.findings.unmute(id)
  }

  roles(project: string): Promise<Record<string, string>> {
    return this.#store.findings.roles(project)
  }

  setRoles(project: string, roles: Record<string, string>): Promise<void> {
    return this.#store.findings.setRoles(project, roles)
  }
}
