import { eq } from 'drizzle-orm'
import type { BetterSQLite3Database } from 'drizzle-orm/better-sqlite3'
import type { RunPatch } from '../store.ts'
import { runs } from './schema.ts'

/** A patch that adds keys to config or summary, as one that replaces them. Inside the transaction that applies it. */
export function mergeFields(orm: BetterSQLite3Database, runKey: number, patch: RunPatch): RunPatch {
  const { mergeConfig, mergeSummary, ...rest } = patch
  if (!mergeConfig && !mergeSummary) return rest
  const stored = orm.select({ config: runs.config, summary: runs.summary }).from(runs).where(eq(runs.key, runKey)).get()
  return {
    ...rest,
    ...(mergeConfig && { config: { ...(rest.config ?? stored?.config), ...mergeConfig } }),
    ...(mergeSummary && { summary: { ...(rest.summary ?? stored?.summary), ...mergeSummary } }),
  }
}
