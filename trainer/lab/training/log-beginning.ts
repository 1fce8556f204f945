import type { JsonObject } from '../../../core/run.ts'
import { toStoredNumber } from '../../../core/stored-number.ts'
import { facts } from '../../facts.ts'
import { finding } from '../../finding.ts'
import { image } from '../../image/image.ts'
import { type RecordValue, record } from '../../record-value.ts'
import type { Run } from '../../run.ts'
import { runSteps } from '../../tfjs/run-steps.ts'
import { toJsonObject } from '../../to-json.ts'
import { classCounts } from '../data/examples.ts'
import { labModelRecord } from '../models/model-record.ts'
import { type AppliedEvidence, checkApplied, observeApplied } from '../preprocessing/check-applied.ts'
import type { Preprocessing } from '../preprocessing/preprocessing.ts'
import { augmentedSheet } from './augmented-sheet.ts'
import { splitRows } from './evaluate-splits.ts'
import { initialLossFinding } from './initial-loss.ts'
import type { LabSession } from './lab-session.ts'
import type { LoopState } from './loop-state.ts'

/** What was found at the beginning, beside the figures. */
export interface Beginning {
  figures: JsonObject
  finding: { code: string; title: string } | null
}

/** Logs at step 0 what a run starts with: model, data, preprocessing, examples as augmented. Returns figures for the summary. */
export function logBeginning(session: LabSession, run: Run): Beginning {
  const { tf, network, dataset, preprocessing, batches } = session
  const model = labModelRecord(tf, network.model)
  // The watcher would log a table and facts of its own.
  Object.assign(runSteps(run), { modelLogged: true, trainingLogged: true })
  const { hashes, classes, name } = dataset
  run.log({ model: record('model', model), data: facts({ ...dataset.facts, name, classes, hashes }), training: facts(sessionFacts(session)) }, 0)
  const sheet = augmentedSheet(session)
  if (sheet) run.log({ 'augmented-examples': image(sheet.pixels, { caption: sheet.caption }) }, 0)
  const evidence = [
    observeApplied('train', preprocessing, batches),
    ...(['validation', 'test'] as const).flatMap((split) =>
      dataset[split].n === 0 ? [] : [observeApplied(split, preprocessing, splitRows(session, dataset[split]))],
    ),
  ]
  run.log({ preprocessing: preprocessingRecord(preprocessing, evidence) }, 0)
  const found = checkApplied(preprocessing, evidence)
  if (found) run.log({ [`finding/${found.code}`]: record('finding', found) }, 0)
  return { figures: { parameters: model.parameters, flops: model.flops ?? null }, finding: found }
}

/** What a reader of the curves must know to judge them. */
function sessionFacts({ dataset, batches, loss, plan, config }: LabSession): JsonObject {
  const classes = dataset.classes.length
  return {
    classes,
    classCounts: batches.classCounts,
    validationClassCounts: classCounts(dataset.validation.labels, classes),
    loss: loss.kind,
    expectedInitialLoss: loss.initialLoss(classes),
    optimizer: config.optimizer.kind,
    batchSize: config.train.batchSize,
    trainExamples: batches.n,
    validationExamples: dataset.validation.n,
    trainEvaluationRows: Math.min(batches.n, config.train.trainEvaluationRows),
    stepsPerEpoch: plan.stepsPerEpoch,
    totalSteps: plan.totalSteps,
  }
}

/** The transform itself is the blob, as JSON: whitening of images has a matrix of megabytes. */
function preprocessingRecord(preprocessing: Preprocessing, evidence: readonly AppliedEvidence[]): RecordValue {
  const { kind, fingerprint, inputShape, shape } = preprocessing
  const data = {
    kind,
    fingerprint,
    inputShape,
    shape,
    ...preprocessing.facts(),
    splits: Object.fromEntries(evidence.map(({ split, ...seen }) => [split, seen])),
  }
  return record('facts', { data: toJsonObject(data, 'preprocessing') }, new TextEncoder().encode(JSON.stringify(preprocessing.toJson())))
}

/** Records the loss before any update beside what an untrained network should have; returns what there is to say about it. */
export function logInitialLoss(
  { loss, dataset }: LabSession,
  run: Run,
  state: LoopState,
  initial: number,
  knowsSomething: boolean,
): { code: string; title: string } | null {
  const classes = dataset.classes.length
  const expected = loss.initialLoss(classes)
  state.start = { ...state.start, initialLoss: toStoredNumber(initial), expectedInitialLoss: expected }
  run.summary.update({ initialLoss: initial, expectedInitialLoss: expected })
  const found = knowsSomething ? null : initialLossFinding(initial, expected, classes)
  if (!found) return null
  run.log({ 'finding/initial-loss': found.record }, 0)
  return { code: 'initial-loss', title: found.title }
}

export function logNonFinite(run: Run, { stepsDone, nonFiniteInRow }: LoopState, detail: string): { code: string; title: string } {
  const title = 'The training loss is not a finite number'
  const firstStep = stepsDone - nonFiniteInRow
  const advice = 'Lower the learning rate, add a warm-up or clip gradients; look at the gradient norms and update ratios just before.'
  const evidence = { firstStep, steps: nonFiniteInRow }
  run.log(
    { 'finding/non-finite-loss': finding({ code: 'non-finite-loss', severity: 'critical', title, detail: `${detail}. ${advice}`, evidence }) },
    firstStep,
  )
  return { code: 'non-finite-loss', title }
}
