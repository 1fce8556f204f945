import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LabConfig, LabResult } from '../../../../trainer/lab/index.ts'
import type { NamedWeights } from '../../../../trainer/lab/models/named-weights.ts'
import { keptCheckpoints, readCheckpoint } from '../../../../trainer/lab/training/find-checkpoint.ts'
import { type TempFolder, tempFolder } from '../../../fixtures/temp-folder.ts'
import { readRun, withStore } from '../../fixtures/stored-run.ts'
import { POINTS, train, trainUntil } from './small-lab.ts'

const SOURCE: LabConfig = {
  ...POINTS,
  data: { ...POINTS.data, classes: 4 },
  model: { kind: 'mlp', hidden: [16, 8], norm: 'batch' },
  train: { epochs: 2, batchSize: 32 },
}

async function weightsOf(location: string, id: string): Promise<NamedWeights> {
  return withStore(location, async (store) => {
    const run = await store.findRun(id)
    return (await readCheckpoint(store, run, (await keptCheckpoints(store, id)).at(-1)!)).weights
  })
}

let folder: TempFolder
let source: LabResult

beforeAll(async () => {
  folder = tempFolder()
  source = await train(folder.store, SOURCE)
})
afterAll(() => folder[Symbol.asyncDispose]())

describe('from', () => {
  it('leaves frozen layers as they were bit for bit, batch norm statistics among them, trains the others, and links the run', async () => {
    const from = { run: source.run.name, checkpoint: 'last' as const, freeze: ['hidden1*'] }
    const next = await train(folder.store, { ...SOURCE, seed: 1, from })
    const [before, after] = await Promise.all([weightsOf(folder.store, source.run.id), weightsOf(folder.store, next.run.id)])
    const changed = Object.keys(before).filter((name) => String(before[name]) !== String(after[name]))
    expect(changed.sort()).toEqual(
      Object.keys(before)
        .filter((name) => !name.startsWith('hidden1'))
        .sort(),
    )
    expect(Object.keys(before).filter((name) => name.startsWith('hidden1-norm'))).toHaveLength(4)
    const { to } = await withStore(folder.store, (store) => store.links(next.run.id))
    expect(to).toMatchObject([
      { role: 'checkpoint', run: { id: source.run.id }, step: source.stepsDone - 1, detail: { reinitialised: [], unused: [] } },
    ])
    expect(to[0]?.detail.frozen).toEqual(['hidden1', 'hidden1-norm'])
  })

  it('begins with a fresh head when the classes are others, and then expects the first loss of chance', async () => {
    const next = await train(folder.store, { ...SOURCE, data: { ...POINTS.data, classes: 3 }, from: { run: source.run.id } })
    const { points, run } = await readRun(folder.store, next.run.id)
    const { to } = await withStore(folder.store, (store) => store.links(next.run.id))
    expect(to[0]?.detail).toMatchObject({ reinitialised: ['output'] })
    expect(run.summary.initialLoss).toBe(points.get('train/loss')?.value[0])
    expect(run.summary.expectedInitialLoss).toBeCloseTo(Math.log(3), 12)
  })

  it('keeps layers frozen in a run that is stopped and resumed, with the numbers it would have had', async () => {
    const config: LabConfig = { ...SOURCE, seed: 2, from: { run: source.run.id, checkpoint: 'last', freeze: ['hidden1*'] } }
    const whole = await train(folder.store, config)
    const id = await trainUntil(folder.store, config, 7)
    const { metrics } = await train(folder.store, null, { resume: id })
    expect(metrics).toEqual(whole.metrics)
    expect((await weightsOf(folder.store, id))['hidden1/kernel']).toEqual((await weightsOf(folder.store, source.run.id))['hidden1/kernel'])
    expect((await withStore(folder.store, (store) => store.links(id))).to).toHaveLength(1)
  })

  it('refuses weights that do not fit, layers that are not there, and checkpoints that are not kept, before a run is made', async () => {
    const { runs } = await withStore(folder.store, (store) => store.info())
    const start = (config: LabConfig) => train(folder.store, config)
    const { id: run, name } = source.run
    await expect(start({ ...SOURCE, model: { kind: 'mlp', hidden: [16, 9], norm: 'batch' }, from: { run } })).rejects.toThrow(
      /hidden2\/kernel: shape .* from\.reinitialise/,
    )
    await expect(start({ ...SOURCE, from: { run, freeze: ['hiden1'] } })).rejects.toThrow(/"hiden1".*"hidden1"/)
    await expect(start({ ...SOURCE, from: { run, checkpoint: 3 } })).rejects.toThrow(`run ${name} has no checkpoint at step 3: it has`)
    await expect(start({ ...SOURCE, from: { run: 'no-such-run' } })).rejects.toThrow(/no run "no-such-run"/)
    expect((await withStore(folder.store, (store) => store.info())).runs).toBe(runs)
  })
})
