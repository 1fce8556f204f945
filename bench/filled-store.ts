/** Stores of a wanted size, filled through the store's own writer. */
import type { NewRun, PointBatch, Store } from '../db/store.ts'
import { sampleValue } from './sample-metrics.ts'

export function newRun(index: number): NewRun {
  return {
    id: `bench-${index}`,
    project: 'bench',
    name: null,
    group: null,
    jobType: null,
    tags: [],
    notes: '',
    startedAt: 1_700_000_000_000 + index * 1000,
    config: { lr: 10 ** -(index % 5), seed: index },
    environment: {},
    seed: index,
    parentId: null,
    forkStep: null,
    writerVersion: 'bench',
  }
}

/** `points` points of each name, steps 0, 1, 2 …, 5 ms apart. */
export async function fillRun(store: Store, index: number, names: string[], points: number): Promise<string> {
  const writer = await store.createRun(newRun(index))
  const perFlush = Math.max(1, Math.min(points, Math.floor(100_000 / names.length)))
  for (let from = 0; from < points; from += perFlush) {
    const steps = Math.min(perFlush, points - from)
    const batch: PointBatch = {
      names,
      series: new Uint32Array(steps * names.length),
      step: new Float64Array(steps * names.length),
      wall: new Float64Array(steps * names.length),
      value: new Float64Array(steps * names.length),
    }
    for (let at = 0, i = 0; i < steps; i++)
      for (let name = 0; name < names.length; name++, at++) {
        batch.series[at] = name
        batch.step[at] = from + i
        batch.wall[at] = 1_700_000_000_000 + (from + i) * 5
        batch.value[at] = sampleValue(name % 10, from + i)
      }
    writer.flush({ points: batch })
  }
  writer.flush({ patch: { status: 'finished', endedAt: 1_700_000_000_000 + points * 5 } })
  writer.close()
  return writer.runId
}
