import type { Database } from 'better-sqlite3'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { FindingMute, RunDiagnosis } from '../../core/findings/run-finding.ts'
import type { FindingStore } from '../finding-store.ts'
import { readDiagnosis, readFindingChanges, readMutes, readRoles, readStamp, readUndiagnosed } from './finding-rows.ts'
import { addMute, confirmDiagnosis, removeMute, replaceRoles, saveDiagnosis } from './write-findings.ts'

/** How the store guards its reading and writing. */
export interface Guards {
  read<T>(work: () => T): T
  write<T>(work: () => T): T
}

/** What the diagnosis says, in the tables of the store. */
export class SqliteFindings implements FindingStore {
  constructor(
    private readonly db: Database,
    private readonly orm: BetterSQLite3Database,
    private readonly guards: Guards,
  ) {}

  async undiagnosed(engine: string, limit: number) {
    return this.guards.read(() => readUndiagnosed(this.db, engine, limit))
  }

  async stamp(runId: string): Promise<string> {
    return this.guards.read(() => readStamp(this.db, runId))
  }

  async diagnosis(runId: string): Promise<RunDiagnosis | null> {
    return this.guards.read(() => readDiagnosis(this.orm, runId))
  }

  async save(diagnosis: RunDiagnosis): Promise<void> {
    this.guards.write(() => saveDiagnosis(this.tables, diagnosis))
  }

  async confirm(runId: string, runRev: number): Promise<void> {
    this.guards.write(() => confirmDiagnosis(this.db, runId, runRev))
  }

  async since(rev: number) {
    return this.guards.read(() => readFindingChanges(this.db, rev))
  }

  async mutes(project?: string): Promise<FindingMute[]> {
    return this.guards.read(() => readMutes(this.orm, project))
  }

  async mute(mute: Omit<FindingMute, 'id' | 'at'>): Promise<FindingMute> {
    return this.guards.write(() => addMute(this.tables, mute))
  }

  async unmute(id: string): Promise<FindingMute> {
    return this.guards.write(() => removeMute(this.tables, id))
  }

  async roles(project: string): Promise<Record<string, string>> {
    return this.guards.read(() => readRoles(this.orm, project))
  }

  async setRoles(project: string, roles: Record<string, string>): Promise<void> {
    this.guards.write(() => replaceRoles(this.tables, project, roles))
  }

  private get tables() {
    return { db: this.db, orm: this.orm }
  }
}
