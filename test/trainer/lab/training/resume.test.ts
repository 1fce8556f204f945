import { describe, expect, it } from 'vitest'
import { init } from '../../../../trainer/index.ts'
import { deriveSeeds } from '../../../../trainer/lab/config/derive-seeds.ts'
import { type LabConfig, parseLabConfig } from '../../../../trainer/lab/index.ts'
import { recordedConfig } from '../../../../trainer/lab/training/config-hash.ts'
import { keptCheckpoints, readCheckpoint } from '../../../../trainer/lab/training/find-checkpoint.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'
import { readRun, withStore } from '../../fixtures/stored-run.ts'
import { EVERYTHING, POINTS, train, trainUnlogged, trainUntil } from './small-lab.ts'

async function lastState(location: string, id: string) {
  return withStore(location, async (store) => {
    const run = await store.findRun(id)
    const kept = await keptCheckpoints(store, run.id)
    return readCheckpoint(store, run, kept.at(-1)!)
  })
}

/** What a run logged of its training, leaving out the machine. */
async function curves(location: string, id: string) {
  const { points } = await readRun(location, id)
  return Object.fromEntries([...points].filter(([name]) => !name.startsWith('system/')))
}

describe('resume', () => {
  it('goes on bit for bit: every metric and the last weights are those of the run that was never stopped', async () => {
    await using folder = tempFolder()
    const whole = await train(folder.store, EVERYTHING)
    // Between evaluations and checkpoints, then again, in the middle of an epoch each.
    const id = await trainUntil(folder.store, EVERYTHING, 6)
    await trainUntil(folder.store, null, 12, { resume: id })
    const resumed = await train(folder.store, null, { resume: id })
    expect(resumed.metrics).toEqual(whole.metrics)
    expect({ ...resumed.best, reason: resumed.stopReason }).toEqual({ ...whole.best, reason: whole.stopReason })
    const [expected, got] = await Promise.all([curves(folder.store, whole.run.id), curves(folder.store, id)])
    expect(Object.keys(got).sort()).toEqual(Object.keys(expected).sort())
    expect(got['train/loss']?.step).toEqual(Array.from({ length: whole.stepsDone }, (_, step) => step))
    for (const name of Object.keys(expected)) expect({ name, ...got[name] }).toEqual({ name, ...expected[name] })
    const [last, lastOfWhole] = await Promise.all([lastState(folder.store, id), lastState(folder.store, whole.run.id)])
    expect(last.weights).toEqual(lastOfWhole.weights)
    expect(last.optimizer).toEqual(lastOfWhole.optimizer)
    expect(last.bestWeights).toEqual(lastOfWhole.bestWeights)
  })
})

describe('what cannot be resumed', () => {
  it('is said: finished runs, other configs, runs of others', async () => {
    await using folder = tempFolder()
    const done = await train(folder.store, POINTS)
    await expect(train(folder.store, null, { resume: done.run.id })).rejects.toThrow(/is finished: to train it longer/)
    const stopped = await trainUntil(folder.store, POINTS, 5)
    await expect(train(folder.store, { ...POINTS, seed: 9 }, { resume: stopped })).rejects.toThrow(/cannot go on with another config/)
    await expect(train(folder.store, null, { resume: 'nobody' })).rejects.toThrow(/no run "nobody"/)
    await expect(train(folder.store, null)).rejects.toThrow(/needs a config/)
  })

  it('a finished run goes on when it is to train longer', async () => {
    await using folder = tempFolder()
    const longer = { ...POINTS, train: { ...POINTS.train, epochs: 6 } }
    const { result: whole } = await trainUnlogged(longer)
    const { run } = await train(folder.store, POINTS)
    const resumed = await train(folder.store, longer, { resume: run.id })
    expect(resumed.metrics).toEqual(whole.metrics)
    expect((await readRun(folder.store, run.id)).run.config).toMatchObject({ train: { epochs: 6 } })
  })

  it('a run that ended before its first checkpoint begins again', async () => {
    await using folder = tempFolder()
    // What a kill in the first epoch leaves: points, and no checkpoint.
    const run = init({ dir: folder.store, id: 'killed', project: 'lab', config: recorded(POINTS), quiet: true })
    run.log({ 'train/loss': 9 }, 0)
    await run.finish({ status: 'interrupted' })
    const { losses } = await trainUnlogged(POINTS)
    await train(folder.store, null, { resume: 'killed' })
    const { points, run: stored } = await readRun(folder.store, 'killed')
    expect(stored).toMatchObject({ status: 'finished', attempt: 2 })
    expect(points.get('train/loss')?.value).toEqual(losses)
  })
})

function recorded(config: LabConfig) {
  const resolved = parseLabConfig(config)
  return recordedConfig(resolved, deriveSeeds(resolved))
}
