import { describe, expect, it } from 'vitest'
import type { LabConfig, LabProgress } from '../../../../trainer/lab/index.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'
import { readRun, readRuns, withStore } from '../../fixtures/stored-run.ts'
import { EVERYTHING, POINTS, train, trainUnlogged, trainUntil, wasm } from './small-lab.ts'

describe('a run of the lab', () => {
  it('logs each step, each evaluation and what it began with', async () => {
    await using folder = tempFolder()
    const result = await train(folder.store, {
      ...POINTS,
      optimizer: { kind: 'momentum', lr: 0.05, weightDecay: 1e-3, clip: { norm: 0.5 } },
      schedule: { kind: 'linear', warmup: 5 },
      probes: {},
    })
    const { run, points, records } = await readRun(folder.store, result.run.id)
    const perEpoch = result.stepsDone / 4
    const steps = Array.from({ length: result.stepsDone }, (_, step) => step)
    for (const name of ['train/loss', 'train/penalty', 'train/accuracy', 'lr', 'epoch', 'clipped', 'gradient-norm/global'])
      expect({ name, step: points.get(name)?.step }).toEqual({ name, step: steps })
    expect(points.get('epoch')?.value[perEpoch - 1]).toBe(1)
    const evaluations = [1, 2, 3, 4].map((epoch) => epoch * perEpoch - 1)
    for (const name of [
      'val/loss',
      'val/accuracy',
      'val/f1-macro',
      'val/most-predicted-share',
      'val/lowest-recall',
      'train-eval/loss',
      'train-eval/accuracy',
    ])
      expect({ name, step: points.get(name)?.step }).toEqual({ name, step: evaluations })
    for (const name of ['same-batch/training-mode-loss', 'same-batch/inference-mode-loss']) expect(points.get(name)?.step).toHaveLength(4)
    // No batch norm, no dropout: both modes are one.
    const [penalty, penaltyGradient] = ['train/penalty', 'train/penalty-gradient-norm'].map((name) => points.get(name)?.value[0] ?? Number.NaN)
    // λ/2·Σw² has the gradient λw.
    expect(penaltyGradient).toBeCloseTo(1e-3 * Math.sqrt((2 * (penalty as number)) / 1e-3), 9)
    expect(points.get('same-batch/inference-mode-loss')?.value).toEqual(points.get('same-batch/training-mode-loss')?.value)
    expect(points.get('test/accuracy')).toEqual({ step: [result.stepsDone - 1], value: [result.metrics['test/accuracy']] })
    const clips = points.get('clipped')?.value
    expect(points.get('gradient-norm/global')?.value.map((norm) => Number(norm > 0.5))).toEqual(clips)
    const facts = records.find(({ name }) => name === 'training')?.payload as { data: Record<string, unknown> }
    expect(facts.data).toMatchObject({
      classes: 4,
      loss: 'softmax-cross-entropy',
      expectedInitialLoss: Math.log(4),
      batchSize: 32,
      stepsPerEpoch: perEpoch,
    })
    expect((facts.data.classCounts as number[]).reduce((sum, count) => sum + count, 0)).toBe(facts.data.trainExamples)
    const names = new Set(records.map(({ name }) => name))
    for (const name of [
      'model',
      'data',
      'preprocessing',
      'checkpoint',
      'confusion-matrix/validation',
      'confusion-matrix/test',
      'pr-curve/validation',
      'pr-curve/test',
    ])
      expect(names).toContain(name)
    expect(run).toMatchObject({ project: 'lab', jobType: 'train', status: 'finished', seed: 0 })
    expect(run.summary).toMatchObject({
      stopReason: 'epochs',
      parameters: 2 * 16 + 16 + 16 * 4 + 4,
      expectedInitialLoss: Math.log(4),
      bestMetric: 'val/accuracy',
    })
    expect(run.summary.initialLoss).toBe(points.get('train/loss')?.value[0])
    expect(Object.keys(run.config.seeds as object)).toEqual(['init', 'order', 'dropout', 'augmentation', 'split'])
  })

  it('has the same curves with the same seeds, and others with another seed of any kind', async () => {
    const config: LabConfig = {
      ...POINTS,
      model: { kind: 'mlp', hidden: [16], dropout: 0.3 },
      augment: { mixup: 0.3 },
      train: { epochs: 1, batchSize: 32 },
    }
    const curve = async (seeds: LabConfig['seeds']) => (await trainUnlogged({ ...config, seed: 5, seeds })).losses
    const first = await curve({})
    expect(await curve({})).toEqual(first)
    for (const name of ['init', 'order', 'dropout', 'augmentation', 'split'] as const)
      expect({ name, curve: await curve({ [name]: 1 }) }).not.toEqual({ name, curve: first })
  })

  it('logs what dropout and batch norm change between the modes, without touching the training', async () => {
    await using folder = tempFolder()
    const config: LabConfig = { ...EVERYTHING, train: { ...EVERYTHING.train, epochs: 1 }, earlyStopping: null }
    const plain = await trainUnlogged({ ...config, probes: false })
    const probed = await train(folder.store, { ...config, probes: { updates: 1, gradients: 1, histograms: 2, activations: 1, rows: 20, filters: 1 } })
    const withProbes = await readRun(folder.store, probed.run.id)
    expect(withProbes.points.get('train/loss')?.value).toEqual(plain.losses)
    expect(probed.metrics).toEqual(plain.result.metrics)
    const both = ['training', 'inference'].map((mode) => withProbes.points.get(`same-batch/${mode}-mode-loss`)?.value[0])
    expect(both[0]).not.toBe(both[1])
    expect(withProbes.points.get('activation-std/stage1-conv1-activation')?.step).toHaveLength(5)
    expect(withProbes.points.has('batch-norm-variance/stage1-conv1-norm')).toBe(true)
    const names = withProbes.records.map(({ name }) => name)
    expect(names).toContain('augmented-examples')
    expect(names.filter((name) => name === 'filters/stage1-conv1')).toHaveLength(6)
  })

  it('leaves no tensor behind', async () => {
    const tf = await wasm()
    const config: LabConfig = {
      ...POINTS,
      model: { kind: 'mlp', hidden: [8], norm: 'batch', dropout: 0.2 },
      train: { epochs: 30, batchSize: 32, evaluateEvery: 5 },
      probes: {},
      earlyStopping: { patience: 50 },
    }
    const counts = new Set<number>()
    const before = tf.memory().numTensors
    const { result } = await trainUnlogged(config, (progress) => {
      // Every tenth step is measured, and may hold a number until the next.
      if (progress.type === 'step' && progress.step % 10 === 5) counts.add(tf.memory().numTensors)
    })
    expect(result.stepsDone).toBeGreaterThan(200)
    expect(counts.size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('says when the first loss is not that of chance', async () => {
    await using folder = tempFolder()
    const found: LabProgress[] = []
    const onProgress = (progress: LabProgress) => progress.type === 'finding' && found.push(progress)
    const withDeviation = (std: number): LabConfig => ({
      ...POINTS,
      model: { kind: 'mlp', hidden: [16], init: { kind: 'gaussian', std } },
      train: { epochs: 1 },
    })
    await trainUnlogged(withDeviation(0.01), onProgress)
    expect(found).toEqual([])
    const { run } = await train(folder.store, withDeviation(3), { onProgress })
    expect(found).toMatchObject([{ code: 'initial-loss' }])
    const { records } = await readRun(folder.store, run.id)
    expect(records.find(({ name }) => name === 'finding/initial-loss')?.payload).toMatchObject({
      severity: 'warning',
      evidence: { expectedInitialLoss: Math.log(4) },
    })
  })

  it('ends when the loss is no number, with that as the reason, and still tests', async () => {
    await using folder = tempFolder()
    const result = await train(folder.store, { ...POINTS, optimizer: { kind: 'sgd', lr: 1e30 }, train: { epochs: 20, stopAfterNonFinite: 4 } })
    expect(result).toMatchObject({ stopReason: 'non-finite-loss', stopDetail: expect.stringContaining('4 steps in a row') })
    const { run, points, records } = await readRun(folder.store, result.run.id)
    expect(run.status).toBe('finished')
    expect(
      points
        .get('train/loss')
        ?.value.slice(-4)
        .every((loss) => !Number.isFinite(loss)),
    ).toBe(true)
    expect(points.get('test/loss')?.value).toEqual([Number.NaN])
    expect(records.some(({ name }) => name === 'finding/non-finite-loss')).toBe(true)
  })
})

describe('early stopping', () => {
  it('stops when nothing improves, says why, and tests the best weights', async () => {
    await using folder = tempFolder()
    // The rate grows from nothing to far too much: the best evaluation is not the last.
    const config: LabConfig = {
      ...POINTS,
      optimizer: { kind: 'sgd', lr: 300 },
      schedule: { kind: 'constant', warmup: 100, warmupStart: 0 },
      train: { epochs: 40, batchSize: 32 },
      earlyStopping: { metric: 'val/loss', patience: 3 },
    }
    const result = await train(folder.store, config)
    const { run, points } = await readRun(folder.store, result.run.id)
    const val = points.get('val/loss')!
    const least = val.value.indexOf(Math.min(...val.value.filter(Number.isFinite)))
    expect(result.stopReason).toBe('early-stopping')
    expect(val.value.length - 1 - least).toBe(3)
    expect(result.best).toEqual({ metric: 'val/loss', value: val.value[least], step: val.step[least] })
    expect(result).toMatchObject({ testWeights: 'best', stopDetail: expect.stringContaining(`since step ${val.step[least]}`) })
    // The metrics are those of the restored weights, statistics and all.
    expect(result.metrics['val/loss']).toBe(val.value[least])
    expect(run.summary).toMatchObject({ stopReason: 'early-stopping', bestStep: val.step[least], testedWeights: `best, of step ${val.step[least]}` })
  })

  it('refuses to watch what is not measured', async () => {
    await using folder = tempFolder()
    await expect(train(folder.store, { ...POINTS, split: { validation: 0 }, earlyStopping: {} })).rejects.toThrow(
      /earlyStopping\.metric is val\/loss, but no examples are held out/,
    )
    await expect(train(folder.store, { ...POINTS, earlyStopping: { metric: 'val/top-5-accuracy' } })).rejects.toThrow(/not measured for 4 classes/)
    expect(await readRuns(folder.store).catch(() => [])).toEqual([])
  })
})

describe('checkpoints', () => {
  it('keep the newest, the best and all snapshots, and give up the bytes of the others', async () => {
    await using folder = tempFolder()
    const { run } = await train(folder.store, {
      ...POINTS,
      train: { epochs: 6, batchSize: 32 },
      checkpoints: { every: 1, keepLast: 1, keepBest: 1, metric: 'val/loss' },
      snapshots: { every: 3 },
    })
    const { records, points } = await readRun(folder.store, run.id)
    const checkpoints = records.filter(({ kind }) => kind === 'checkpoint')
    const perEpoch = (points.get('train/loss')?.step.length ?? 0) / 6
    expect(checkpoints.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6].map((epoch) => epoch * perEpoch - 1))
    const val = points.get('val/loss')!
    const best = val.step[val.value.indexOf(Math.min(...val.value))]
    const wanted = new Set([best, 3 * perEpoch - 1, 6 * perEpoch - 1])
    for (const { step, payload, blobHash } of checkpoints)
      expect({ step, pruned: (payload as { pruned: boolean }).pruned, kept: blobHash !== null }).toEqual({
        step,
        pruned: !wanted.has(step),
        kept: wanted.has(step),
      })
    const kept = checkpoints.find(({ step }) => step === best)!
    const blob = await withStore(folder.store, (store) => store.blob(kept.blobHash ?? ''))
    expect(kept.payload).toMatchObject({ bytes: blob?.bytes.byteLength })
  })

  it('are kept when a run is stopped, which then is interrupted', async () => {
    await using folder = tempFolder()
    const id = await trainUntil(folder.store, POINTS, 7)
    const { run, records, points } = await readRun(folder.store, id)
    expect(run.status).toBe('interrupted')
    expect(points.get('train/loss')?.step.at(-1)).toBe(7)
    expect(records.filter(({ kind }) => kind === 'checkpoint').at(-1)).toMatchObject({ step: 7, payload: { step: 8, reason: ['last'] } })
    // Nothing was evaluated that an uninterrupted run would not evaluate.
    expect(points.has('val/loss')).toBe(false)
  })
})
