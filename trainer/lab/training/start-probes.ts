import type { Tensor } from '@tensorflow/tfjs'
import { image } from '../../image/image.ts'
import type { Run } from '../../run.ts'
import { watchActivations } from '../../tfjs/activations/watch-activations.ts'
import { watchOptimizer } from '../../tfjs/watch.ts'
import type { WatchHandle } from '../../tfjs/watch-handle.ts'
import { batchNormStatistics } from '../models/batch-norm-statistics.ts'
import { firstLayerFilters } from '../models/filter-sheet.ts'
import { spreadRows } from './evaluate-splits.ts'
import type { LabSession } from './lab-session.ts'

export interface Probes {
  /** To call after the update of each step. */
  afterStep(step: number): Promise<void>
  /** To call after each evaluation. */
  afterEvaluation(step: number): Promise<void>
  stop(): Promise<void>
}

/** Columns of a heat map that a run fills at most. */
const COLUMNS = 200
/** Shortest intervals of `auto`: what is measured by default stays below 5 % of a step (`bench/lab-probes.ts`). */
const LEAST = { histograms: 20, activations: 50 }

/** Starts what is measured inside the network. Nothing of it changes the numbers of the training. */
export async function startProbes(session: LabSession, run: Run, firstStep: number): Promise<Probes> {
  const { tf, network, optimizer, config, plan } = session
  const { probes } = config
  if (probes === false) return { afterStep: async () => {}, afterEvaluation: async () => {}, stop: async () => {} }
  // Of the whole run, not of what is left of it: a resumed run measures at the same steps.
  const every = (given: number | 'auto', least: number) => (given === 'auto' ? Math.max(least, Math.ceil(plan.totalSteps / COLUMNS)) : given)
  const { updates, gradients, histograms, activations, filters } = probes
  const handles: WatchHandle[] = [
    watchOptimizer(optimizer, run, {
      tf,
      model: network.model,
      updates,
      gradients,
      histograms: histograms === false ? false : every(histograms, LEAST.histograms),
      firstStep,
    }),
  ]
  if (activations !== false) {
    const rows = probeRows(session, probes.rows)
    handles.push(watchActivations(network.model, run, { tf, rows, every: every(activations, LEAST.activations), optimizer, firstStep }))
    rows.dispose()
  }
  const logFilters = async (step: number): Promise<void> => {
    const sheet = await firstLayerFilters(network.model)
    if (sheet) run.log({ [`filters/${sheet.layer}`]: image(sheet.pixels, { caption: sheet.caption }) }, step)
  }
  if (filters !== false && firstStep === 0) await logFilters(0)
  return {
    async afterStep(step) {
      if (typeof filters === 'number' && (step + 1) % filters === 0) await logFilters(step)
    },
    async afterEvaluation(step) {
      if (filters === 'auto') await logFilters(step)
      for (const { layer, mean, variance } of await batchNormStatistics(network.model))
        run.log({ [`batch-norm-mean/${layer}`]: mean, [`batch-norm-variance/${layer}`]: variance }, step)
    },
    async stop() {
      for (const handle of handles) {
        await handle.settled()
        handle.unwatch()
      }
    },
  }
}

/** Fixed rows of the training split, never augmented. */
function probeRows({ tf, batches, preprocessing }: LabSession, count: number): Tensor {
  const { n, rows } = spreadRows(batches, Math.min(count, batches.n))
  return tf.tensor(rows(Int32Array.from({ length: n }, (_, index) => index)).inputs, [n, ...preprocessing.shape])
}
