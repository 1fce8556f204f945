import { openStore } from '../../db/open.ts'
import type { NewRun, RunPatch } from '../../db/store.ts'

const BASE: Omit<NewRun, 'id' | 'name'> = {
  project: 'digits',
  group: null,
  jobType: null,
  tags: [],
  notes: '',
  startedAt: Date.UTC(2026, 0, 2, 3, 4),
  config: { lr: 0.01, layers: [64, 10] },
  environment: {},
  seed: 0,
  parentId: null,
  forkStep: null,
  writerVersion: '0.1.0',
}

interface SmallRun {
  run: Partial<NewRun> & { id: string; name: string }
  metrics: Record<string, [step: number, value: number][]>
  patch: RunPatch
}

const ENDED: RunPatch = { status: 'finished', endedAt: BASE.startedAt + 90_000 }

const RUNS: SmallRun[] = [
  {
    run: { id: 'aaaa0001', name: 'steady-heron-1', tags: ['baseline'], notes: 'the first' },
    metrics: {
      'train/loss': [
        [0, 2.3],
        [1, 1.5],
        [2, 0.25],
      ],
      'val/accuracy': [[2, 0.9]],
    },
    patch: { ...ENDED, summary: { best: 0.9 } },
  },
  {
    run: { id: 'bbbb0002', name: 'broken-crane-2', startedAt: BASE.startedAt + 1000, seed: 1 },
    metrics: {
      'train/loss': [
        [0, 2.3],
        [1, Number.POSITIVE_INFINITY],
        [2, Number.NaN],
      ],
    },
    patch: { ...ENDED, status: 'failed', statusReason: 'loss is NaN' },
  },
  {
    run: { id: 'cccc0003', name: 'other-project', project: 'letters', startedAt: BASE.startedAt + 2000 },
    // Step 0 is written twice: the first write is superseded.
    metrics: {
      loss: [
        [0, 9],
        [0, 8],
        [1, 7],
      ],
    },
    patch: ENDED,
  },
]

/** Three runs whose every number a test can check by eye. */
export async function writeSmallStore(file: string): Promise<void> {
  const store = await openStore(file, { mode: 'create' })
  for (const { run, metrics, patch } of RUNS) {
    const writer = await store.createRun({ ...BASE, ...run })
    const names = Object.keys(metrics)
    const points = names.flatMap((name, series) => (metrics[name] ?? []).map(([step, value]) => ({ series, step, value })))
    writer.flush({
      points: {
        names,
        series: Uint32Array.from(points, (point) => point.series),
        step: Float64Array.from(points, (point) => point.step),
        wall: Float64Array.from(points, (_, index) => BASE.startedAt + index),
        value: Float64Array.from(points, (point) => point.value),
      },
      patch,
    })
    writer.close()
  }
  await store.close()
}
