import { existsSync } from 'node:fs'
import { LossboardError } from '../core/errors.ts'
import type { Store } from '../db/store.ts'

/**
 * Stands for a store that does not exist yet: empty, creating nothing, until the file appears; from then on it is that store.
 * Lets `lossboard` be started before the first training run.
 */
export function waitingStore(file: string, open: () => Promise<Store>): Store {
  let real: Store | null = null
  let opening: Promise<void> | null = null
  let problem: string | null = null
  let arrived = false

  /** A writer may still be making the tables: whatever goes wrong is told and tried again at the next look. */
  function look(): void {
    if (real || opening || !existsSync(file)) return
    opening = open()
      .then(
        (store) => {
          real = store
          arrived = true
        },
        (error: unknown) => {
          problem = error instanceof Error ? error.message : String(error)
        },
      )
      .finally(() => {
        opening = null
      })
  }

  /** Who may come in is asked of the store itself as soon as there is one, also of one that is being opened. */
  async function realTokens(): Promise<Store['tokens'] | undefined> {
    await opening
    return real?.tokens
  }

  const empty = emptyStore(file, () => problem)
  const waiting = {
    ...empty,
    tokens: {
      ...empty.tokens,
      find: async (id: string) => (await realTokens())?.find(id) ?? null,
      anyMayWrite: async () => (await realTokens())?.anyMayWrite() ?? false,
    },
    async close() {
      await opening
      await real?.close()
    },
  }

  return new Proxy(waiting, {
    get(_, key: keyof Store) {
      look()
      if (!real) return waiting[key]
      // Everything is new to whoever asked while there was nothing.
      if (key === 'changed' && arrived) {
        arrived = false
        return () => true
      }
      const member = real[key]
      return typeof member === 'function' ? member.bind(real) : member
    },
  })
}

function emptyStore(file: string, problem: () => string | null): Store {
  const absent = async (): Promise<never> => {
    throw new LossboardError('not_found', `no store at ${file} yet`)
  }
  const none = async () => []
  return {
    findings: {
      undiagnosed: async () => ({ runs: [], total: 0 }),
      stamp: async () => '',
      diagnosis: async () => null,
      save: absent,
      confirm: absent,
      since: async () => ({ rev: 0, runIds: [], findings: [] }),
      mutes: none,
      mute: absent,
      unmute: absent,
      roles: async () => ({}),
      setRoles: absent,
    },
    info: async () => ({
      dialect: 'sqlite',
      location: file,
      readOnly: true,
      schemaVersion: 0,
      bytes: 0,
      runs: 0,
      projects: 0,
      warnings: [problem() ?? `There is no store at ${file} yet. It is shown here as soon as a run logs to it.`],
    }),
    projects: none,
    overview: async () => ({ rev: 0, runs: [], lastStep: new Float64Array(0), metricNames: [], metrics: [] }),
    run: async () => null,
    findRun: absent,
    attempts: none,
    children: none,
    links: async () => ({ to: [], from: [] }),
    series: none,
    rules: none,
    chart: async (requests) => (requests.length === 0 ? [] : absent()),
    async *points() {},
    recordKeys: none,
    records: none,
    blob: async () => null,
    changes: async (sinceRev) => ({ rev: 0, runs: [], removed: [], studies: [], removedStudies: [], findings: [], reset: sinceRev > 0 }),
    changed: () => false,
    updateRun: absent,
    removeRuns: absent,
    endRun: absent,
    studies: none,
    study: absent,
    saveStudy: absent,
    updateStudySettings: absent,
    removeStudy: absent,
    addStudyRuns: absent,
    dropStudyRuns: absent,
    markCrashed: none,
    compact: async () => 0,
    createRun: absent,
    resumeRun: absent,
    continueRun: absent,
    delivery: async () => null,
    tokens: { list: none, create: absent, revoke: absent, find: async () => null, anyMayWrite: async () => false, touch: async () => {} },
    checkpoint: async () => {},
    close: async () => {},
  }
}
