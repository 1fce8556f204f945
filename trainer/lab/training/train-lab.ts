import { LossboardError } from '../../../core/errors.ts'
import type { JsonObject, Run as StoredRun } from '../../../core/run.ts'
import { loadTf } from '../../tfjs/load-tf.ts'
import type { Tf } from '../../tfjs/tf.ts'
import { deriveSeeds } from '../config/derive-seeds.ts'
import type { LabConfig, ResolvedLabConfig } from '../config/lab-config.ts'
import { parseLabConfig } from '../config/parse-lab-config.ts'
import type { CheckpointState } from './checkpoint-codec.ts'
import { configHash, recordedConfig } from './config-hash.ts'
import { checkEvaluated } from './evaluate-splits.ts'
import { chooseCheckpoint, type KeptCheckpoint, keptCheckpoints, readCheckpoint } from './find-checkpoint.ts'
import { makeSession } from './lab-session.ts'
import { runSession } from './run-session.ts'
import { applyFrom, findSource } from './start-from.ts'
import { checkResumable, freshState, startRun, withStore } from './start-run.ts'
import type { LabResult, TrainLabOptions } from './train-options.ts'

/**
 * Trains a network as the config says and logs everything about it. Resolves when the run has reached its end.
 *
 * Stopped by `signal`, Ctrl-C or a kill, the run keeps a checkpoint, ends as interrupted, and this rejects with the signal's reason;
 * `resume` then goes on from it with the very same numbers.
 *
 * @throws LossboardError `invalid_option` for a config or data that does not fit, before any run is made; `not_found` for a run to
 * resume or start from; `missing_dependency` without TensorFlow.js or the data's package; what `init` throws
 */
export async function trainLab(config: LabConfig | null, options: TrainLabOptions = {}): Promise<LabResult> {
  const { signal, resume } = options
  if (options.run && resume !== undefined)
    throw new LossboardError('invalid_option', 'trainLab: resume opens the run itself: give it, or run, not both')
  // Other runs are looked for where this one is.
  const dir = options.dir ?? options.run?.store ?? undefined
  const resumed = resume === undefined ? null : await findResumed(dir, resume, config)
  if (config === null && !resumed) throw new LossboardError('invalid_argument', 'trainLab needs a config, or the run to resume')
  const resolved = resumed?.config ?? parseLabConfig(config)
  const recorded = recordedConfig(resolved, deriveSeeds(resolved))
  const hash = configHash(recorded)
  if (resumed?.checkpoint && resumed.checkpoint.configHash !== hash)
    throw new LossboardError('invalid_option', `run ${resumed.run.name} cannot go on with another config: start a new run, with from, instead`)
  const source = resumed?.checkpoint ? null : await findSource(dir, resolved.from)
  const { tf, description } = await engine(options)
  const session = await makeSession(tf, resolved, { signal })
  try {
    checkEvaluated(session)
    const transfer = await applyFrom(session, source)
    signal?.throwIfAborted()
    const run = options.run ?? startRun(resolved, recorded, { dir, resume: resumed?.run.id, diagnose: options.diagnose, stopOn: options.stopOn })
    if (options.run) options.run.config.update(recorded)
    if (source && transfer)
      run.link(source.run.id, {
        role: 'checkpoint',
        step: source.kept.step,
        hash: source.kept.hash,
        detail: { ...transfer } as unknown as JsonObject,
      })
    return await runSession(session, run, {
      hash,
      device: options.device ?? description,
      resumed: resumed && { checkpoint: resumed.checkpoint, kept: resumed.kept },
      // A head of other classes is fresh: its first loss should be that of chance.
      knowsSomething: transfer !== null && !transfer.reinitialised.includes(session.network.head),
      keepOpen: options.run !== undefined,
      ...(signal && { signal }),
      ...(options.onProgress && { onProgress: options.onProgress }),
    })
  } finally {
    session.dispose()
  }
}

async function engine({ tf }: TrainLabOptions): Promise<{ tf: Tf; description: string }> {
  return tf ? { tf, description: `TensorFlow.js ${tf.version['tfjs-core']}, ${tf.getBackend()}` } : loadTf()
}

interface Resumed {
  run: StoredRun
  config: ResolvedLabConfig
  /** Null: it ended before its first one, and begins again. */
  checkpoint: CheckpointState | null
  kept: KeptCheckpoint[]
}

function findResumed(dir: string | undefined, reference: string, given: LabConfig | null): Promise<Resumed> {
  return withStore(dir, async (store) => {
    const run = await store.findRun(reference)
    const stored = parseLabConfig({ ...run.config, project: run.project }, `the config of run ${run.name}`)
    const config = given ? { ...parseLabConfig(given), project: run.project } : stored
    checkResumable(await freshState(store, run), config.train.epochs > stored.train.epochs || config.train.maxSteps !== stored.train.maxSteps)
    const kept = await keptCheckpoints(store, run.id)
    const checkpoint = kept.length > 0 ? await readCheckpoint(store, run, chooseCheckpoint(kept, 'last', run)) : null
    return { run, config, checkpoint, kept }
  })
}
