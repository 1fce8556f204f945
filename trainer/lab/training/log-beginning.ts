import type { JsonObject } from '../../../core/run.ts'
import { toStoredNumber } from '../../../core/stored-number.ts'
import { facts } from '../../facts.ts'
import { image } from '../../image/image.ts'
import { record } from '../../record-value.ts'
import type { Run } from '../../run.ts'
import { runSteps } from '../../tfjs/run-steps.ts'
import { labModelRecord } from '../models/model-record.ts'
import { augmentedSheet } from './augmented-sheet.ts'
import { initialLossFinding } from './initial-loss.ts'
import type { LabSession } from './lab-session.ts'
import type { LoopState } from './loop-state.ts'

/** Logs at step 0 what a run starts with: model, data, preprocessing, examples as augmented. Returns figures for the summary. */
export function logBeginning(session: LabSession, run: Run): JsonObject {
  const { tf, network, dataset } = session
  const model = labModelRecord(tf, network.model)
  // The watcher would log a table of its own.
  runSteps(run).modelLogged = true
  const { hashes, classes, name } = dataset
  run.log({ model: record('model', model), data: facts({ ...dataset.facts, name, classes, hashes }) }, 0)
  const sheet = augmentedSheet(session)
  if (sheet) run.log({ 'augmented-examples': image(sheet.pixels, { caption: sheet.caption }) }, 0)
  return { parameters: model.parameters, flops: model.flops ?? null }
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
