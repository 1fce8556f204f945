import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import { LossboardError } from '../../../core/errors.ts'
import type { JsonObject } from '../../../core/run.ts'
import { formatError } from '../../format-error.ts'
import { init } from '../../init.ts'
import type { Run } from '../../run.ts'
import { loadTf } from '../../tfjs/load-tf.ts'
import type { Tf } from '../../tfjs/tf.ts'
import { deriveSeeds } from '../config/derive-seeds.ts'
import { makeBatches } from '../data/batch-source.ts'
import type { Dataset, Examples } from '../data/examples.ts'
import { loadDataset } from '../data/registry.ts'
import type { LabLoss } from '../losses/lab-loss.ts'
import { makeLoss } from '../losses/registry.ts'
import { type EvaluationRows, evaluate } from '../metrics/evaluate.ts'
import { evaluationMetrics, evaluationRecords } from '../metrics/log-evaluation.ts'
import type { LabModel } from '../models/lab-model.ts'
import { importWeights } from '../models/named-weights.ts'
import { buildModel } from '../models/registry.ts'
import { withStore } from '../training/start-run.ts'
import type { EnsembleOptions, EnsembleResult, MemberResult } from './ensemble-options.ts'
import { checkTogether, findMembers, type Member } from './find-members.ts'
import { meanLogits } from './mean-logits.ts'

/**
 * Evaluates the mean of several trained networks, or of the snapshots of one run, as a run of its own that links its members. Every
 * member sees the inputs through the transform it was trained with.
 *
 * @throws LossboardError `not_found` for a run, checkpoint or snapshots that are not there; `invalid_option` for members that do not go
 * together (other classes, test split, kind of preprocessing or loss), or when the data is no longer what they were tested on
 */
export async function evaluateEnsemble(options: EnsembleOptions): Promise<EnsembleResult> {
  const members = await withStore(options.dir, (store) => findMembers(store, options))
  checkTogether(members)
  const [first] = members as [Member, ...Member[]]
  const dataset = await loadDataset(first.config.data, first.config.split, {
    splitSeed: deriveSeeds(first.config).split,
    ...(options.signal && { signal: options.signal }),
  })
  if (dataset.hashes.test !== first.hashes.test)
    throw new LossboardError('invalid_option', `the data of ${first.run.name} has changed since: its test split is another one now`)
  if (dataset.test.n === 0) throw new LossboardError('invalid_option', `${first.run.name} has no test split to evaluate on: set split.test above 0`)
  const tf = options.tf ?? (await loadTf()).tf
  const networks: LabModel[] = []
  try {
    for (const member of members) networks.push(rebuild(tf, member))
    const run = startRun(members, options)
    try {
      const result = await evaluateAll(tf, run, members, networks, dataset, options)
      await run.finish()
      return result
    } catch (error) {
      await run.finish({ status: options.signal?.aborted ? 'interrupted' : 'failed', reason: formatError(error) })
      throw error
    }
  } finally {
    for (const network of networks) network.dispose()
  }
}

function rebuild(tf: Tf, { config, state, preprocessing }: Member): LabModel {
  const { init: initSeed, dropout: dropoutSeed } = state.seeds
  const network = buildModel(tf, config.model, { inputShape: [...preprocessing.shape], outputs: state.classes.length, initSeed, dropoutSeed })
  importWeights(tf, network.model, state.weights)
  return network
}

function startRun(members: readonly Member[], { average = 'probabilities', name, project, dir }: EnsembleOptions): Run {
  const [{ config, run: firstRun }] = members as [Member, ...Member[]]
  const { data, split, preprocess, loss } = config
  const parts = members.map(({ run, kept }) => ({ run: run.name, id: run.id, step: kept.step }))
  const run = init({
    project: project ?? firstRun.project,
    jobType: 'ensemble',
    quiet: true,
    config: { ensemble: { average, members: parts }, data, split, preprocess, loss } as unknown as JsonObject,
    ...(name !== undefined && { name }),
    ...(dir !== undefined && { dir }),
  }) as unknown as Run
  for (const { run: member, kept } of members)
    run.link(member.id, { role: 'member', step: kept.step, hash: kept.hash, detail: { reason: kept.value.reason } })
  return run
}

async function evaluateAll(
  tf: Tf,
  run: Run,
  members: readonly Member[],
  networks: readonly LabModel[],
  dataset: Dataset,
  options: EnsembleOptions,
): Promise<EnsembleResult> {
  const [first] = members as [Member, ...Member[]]
  const loss = makeLoss(tf, first.config.loss)
  const sameValidation = members.every(({ hashes }) => hashes.validation === dataset.hashes.validation) && dataset.validation.n > 0
  const splits = [...(sameValidation ? (['validation'] as const) : []), 'test' as const]
  const results: MemberResult[] = members.map(({ run: { name }, kept: { step } }) => ({ run: name, step, metrics: {} }))
  const metrics: Record<string, number> = {}
  for (const split of splits) {
    const prefix = split === 'test' ? 'test' : 'val'
    const rows = rawRows(dataset[split], first, dataset.classes.length)
    const settings = { classes: dataset.classes.length, probabilities: true, ...(options.signal && { signal: options.signal }) }
    for (const [index, network] of networks.entries()) {
      const evaluation = await evaluate(tf, scorer(tf, [members[index] as Member], [network], 'logits', loss), loss, rows, settings)
      const own = evaluationMetrics(evaluation, prefix)
      Object.assign(results[index]?.metrics ?? {}, own)
      run.log(Object.fromEntries(Object.entries(own).map(([name, value]) => [`members/${name}`, value])), index)
    }
    const evaluation = await evaluate(tf, scorer(tf, members, networks, options.average ?? 'probabilities', loss), loss, rows, settings)
    Object.assign(metrics, evaluationMetrics(evaluation, prefix))
    run.log({ ...evaluationMetrics(evaluation, prefix), ...evaluationRecords(evaluation, { split, classes: dataset.classes }) }, 0)
  }
  const accuracies = results.map((one) => one.metrics['test/accuracy'] ?? Number.NaN)
  run.summary.update({
    members: results.map(({ run: name, step, metrics: own }) => ({
      run: name,
      step,
      testAccuracy: own['test/accuracy'] ?? null,
      testLoss: own['test/loss'] ?? null,
    })),
    bestMemberAccuracy: Math.max(...accuracies),
    meanMemberAccuracy: accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length,
    ...(sameValidation ? {} : { validation: 'not evaluated: the members held out different examples' }),
  })
  const { id, name, number, store } = run
  return { run: { id, name, number, store }, metrics, members: results }
}

/** A split before any transform: each member applies its own. */
function rawRows(examples: Examples, { preprocessing }: Member, classes: number): EvaluationRows {
  const source = makeBatches(examples, { preprocessing, augmentation: null, classes, batchSize: 1, orderSeed: 0, augmentationSeed: 0 })
  return { n: examples.n, shape: examples.shape, rows: (positions) => ({ ...source.rows(positions), inputs: source.raw(positions) }) }
}

function scorer(tf: Tf, members: readonly Member[], networks: readonly LabModel[], average: 'probabilities' | 'logits', loss: LabLoss) {
  return (inputs: Tensor): Tensor2D => {
    const raw = inputs.dataSync<'float32'>()
    const n = inputs.shape[0] ?? 0
    const each = networks.map(({ model }, index) => {
      const { preprocessing } = members[index] as Member
      return model.apply(tf.tensor(preprocessing.apply(raw, n), [n, ...preprocessing.shape]), { training: false }) as Tensor2D
    })
    return each.length === 1 ? (each[0] as Tensor2D) : meanLogits(tf, each, average, loss.kind)
  }
}
