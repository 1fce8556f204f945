import { formatError } from '../../format-error.ts'
import type { Run } from '../../run.ts'
import { importWeights } from '../models/named-weights.ts'
import type { CheckpointState } from './checkpoint-codec.ts'
import { CheckpointKeeper } from './checkpoint-keeper.ts'
import { makeSplitEvaluator } from './evaluate-splits.ts'
import type { KeptCheckpoint } from './find-checkpoint.ts'
import type { LabSession } from './lab-session.ts'
import { logBeginning, logInitialLoss, logNonFinite } from './log-beginning.ts'
import { type LoopState, newState, restoreState } from './loop-state.ts'
import { startProbes } from './start-probes.ts'
import { makeStepLog } from './step-log.ts'
import type { LabProgress, LabResult, LabRunReference } from './train-options.ts'
import { type LoopEnd, trainToEnd } from './training-loop.ts'

export interface RunSessionOptions {
  hash: string
  device: string
  /** The run goes on; without a checkpoint it begins again. */
  resumed: { checkpoint: CheckpointState | null; kept: KeptCheckpoint[] } | null
  /** The weights come from elsewhere and may do better than chance from the first step. */
  knowsSomething: boolean
  /** Leave the run open: the caller ends it. */
  keepOpen: boolean
  signal?: AbortSignal
  onProgress?: (progress: LabProgress) => void
}

/** Trains a session and logs it to the run, which ends with it. */
export async function runSession(session: LabSession, run: Run, options: RunSessionOptions): Promise<LabResult> {
  const signal = options.signal ? AbortSignal.any([options.signal, run.signal]) : run.signal
  try {
    const result = await trainAndTest(session, run, signal, options)
    if (!result) throw signal.reason
    if (!options.keepOpen) await run.finish()
    return result
  } catch (error) {
    if (!options.keepOpen) {
      // After a signal of the process the run knows which.
      if (run.isInterrupted) await run.finish()
      else await run.finish({ status: signal.aborted ? 'interrupted' : 'failed', reason: formatError(error) })
    }
    throw error
  }
}

async function trainAndTest(session: LabSession, run: Run, signal: AbortSignal, options: RunSessionOptions): Promise<LabResult | null> {
  const { config, plan, optimizer } = session
  const { resumed, device, onProgress = () => {} } = options
  const started = performance.now()
  const state = resumed?.checkpoint ? restoreState(session, resumed.checkpoint) : newState(config)
  const seconds = () => state.secondsBefore + (performance.now() - started) / 1000
  const firstStep = state.stepsDone
  if (firstStep === 0) {
    const { figures, finding } = logBeginning(session, run)
    state.start = figures
    if (finding) onProgress({ type: 'finding', code: finding.code, title: finding.title })
  }
  run.summary.update({ ...state.start, device })
  onProgress({
    type: 'start',
    run: referenceTo(run),
    firstStep,
    totalSteps: plan.totalSteps,
    stepsPerEpoch: plan.stepsPerEpoch,
    parameters: Number(state.start.parameters),
    device,
  })
  optimizer.measureNorm ||= config.probes !== false
  const probes = await startProbes(session, run, firstStep)
  const evaluator = makeSplitEvaluator(session, run)
  try {
    const end = await trainToEnd({
      session,
      state,
      run,
      signal,
      seconds,
      onProgress,
      probes,
      configHash: options.hash,
      keeper: new CheckpointKeeper(run, config.checkpoints, resumed?.kept ?? []),
      stepLog: makeStepLog(session, run),
      evaluate: (step) => evaluator.evaluate(step),
      firstLoss(loss) {
        const found = logInitialLoss(session, run, state, loss, options.knowsSomething)
        if (found) onProgress({ type: 'finding', ...found })
      },
    })
    if (end?.reason === 'non-finite-loss') onProgress({ type: 'finding', ...logNonFinite(run, state, end.detail) })
    return end && (await finishUp(session, run, state, end, evaluator.evaluateLast, seconds))
  } finally {
    await probes.stop()
  }
}

/** The last word: best weights if asked for, test, summary. */
async function finishUp(
  { tf, network, config, plan, dataset }: LabSession,
  run: Run,
  state: LoopState,
  end: LoopEnd,
  evaluateLast: (step: number) => Promise<Record<string, number>>,
  seconds: () => number,
): Promise<LabResult> {
  const lastStep = Math.max(0, state.stepsDone - 1)
  const returns = state.bestWeights !== null && state.stopping?.step !== lastStep
  if (state.bestWeights && returns) importWeights(tf, network.model, state.bestWeights)
  const metrics = await evaluateLast(lastStep)
  const metric = config.earlyStopping?.metric ?? config.checkpoints.metric
  const { value, step } = state.stopping ?? state.best
  const best = value === null || step === null ? null : { metric, value, step }
  const result: LabResult = {
    run: referenceTo(run),
    stepsDone: state.stepsDone,
    epochsDone: state.stepsDone / plan.stepsPerEpoch,
    stopReason: end.reason,
    stopDetail: end.detail,
    best,
    testWeights: returns ? 'best' : 'last',
    metrics,
    trainingSeconds: seconds(),
  }
  const { stepsDone, epochsDone, stopReason, stopDetail, trainingSeconds } = result
  run.summary.update({
    stepsDone,
    epochsDone,
    stopReason,
    stopDetail,
    trainingSeconds,
    ...(best && { bestMetric: best.metric, bestValue: best.value, bestStep: best.step }),
    testedWeights: dataset.test.n === 0 ? 'there is no test split' : returns ? `best, of step ${best?.step}` : `last, of step ${lastStep}`,
  })
  return result
}

function referenceTo({ id, name, number, store }: Run): LabRunReference {
  return { id, name, number, store }
}
