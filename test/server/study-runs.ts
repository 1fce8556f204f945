import type { StudyMetric } from '../../core/ablation/study.ts'
import type { JsonObject } from '../../core/run.ts'
import type { Store } from '../../db/store.ts'
import { newRun, points } from './temp-store.ts'

export const ACCURACY: StudyMetric = { name: 'test/accuracy', label: null, goal: 'max', unit: '%', digits: 2, aggregate: { kind: 'last' } }

/** A finished run whose last test accuracy is `accuracy`. */
export async function trainedRun(
  store: Store,
  config: JsonObject,
  accuracy: number,
  more: { tags?: string[]; status?: 'finished' | 'failed' } = {},
): Promise<string> {
  const seed = typeof config.seed === 'number' ? config.seed : null
  const writer = await newRun(store, { config, seed, tags: more.tags ?? [] })
  writer.flush({ points: points('test/accuracy', [accuracy / 2, accuracy]) })
  writer.flush({ patch: { status: more.status ?? 'finished', endedAt: Date.now() } })
  writer.close()
  return writer.runId
}

export const ACCURACIES: Record<string, number[]> = {
  full: [0.9431, 0.9445, 0.9412, 0.9427, 0.942],
  attention: [0.9262, 0.9281, 0.9265, 0.9271, 0.9266],
  dropout: [0.9428, 0.9445, 0.9413, 0.9424, 0.9421],
}

/** Three variants with seeds 0 to 4: all parts, without attention, without dropout. Ids in that order. */
export async function ablationRuns(store: Store): Promise<string[]> {
  const ids: string[] = []
  for (const [variant, accuracies] of Object.entries(ACCURACIES))
    for (const [seed, accuracy] of accuracies.entries())
      ids.push(await trainedRun(store, { seed, lr: 0.1, attention: variant !== 'attention', dropout: variant !== 'dropout' }, accuracy))
  return ids
}
