import type { Run } from '../../../core/run.ts'
import type { ResolvedLabConfig } from '../config/lab-config.ts'
import { freezeLayers } from '../models/freeze-layers.ts'
import type { CheckpointState } from './checkpoint-codec.ts'
import { chooseCheckpoint, type KeptCheckpoint, keptCheckpoints, readCheckpoint } from './find-checkpoint.ts'
import { type LabSession, trainedVariables } from './lab-session.ts'
import { withStore } from './start-run.ts'
import { type Transfer, transferWeights } from './transfer-weights.ts'

/** The checkpoint of another run to start from. */
export interface Source {
  run: Run
  kept: KeptCheckpoint
  state: CheckpointState
}

/** @throws LossboardError `not_found` when there is no such run or checkpoint */
export async function findSource(dir: string | undefined, from: ResolvedLabConfig['from']): Promise<Source | null> {
  if (!from) return null
  return withStore(dir, async (store) => {
    const run = await store.findRun(from.run)
    const kept = chooseCheckpoint(await keptCheckpoints(store, run.id), from.checkpoint, run)
    return { run, kept, state: await readCheckpoint(store, run, kept) }
  })
}

/**
 * Puts the weights of the source into the model and freezes layers as `from` says. Without a source (the run goes on from a checkpoint of
 * its own) layers are only frozen again.
 */
export async function applyFrom(session: LabSession, source: Source | null): Promise<Transfer | null> {
  const { tf, network, dataset, config } = session
  if (!config.from) return null
  const { freeze, reinitialise } = config.from
  const transfer =
    source && (await transferWeights(tf, network, source.state, { run: source.run.name, freeze, reinitialise, classes: dataset.classes }))
  if (!transfer) freezeLayers(network.model, freeze)
  session.variables = trainedVariables(network)
  return transfer
}
