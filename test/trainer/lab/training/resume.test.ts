import { describe, expect, it } from 'vitest'
import { keptCheckpoints, readCheckpoint } from '../../../../trainer/lab/training/find-checkpoint.ts'
import { tempFolder } from '../../../fixtures/temp-folder.ts'
import { readRun, withStore } from '../../fixtures/stored-run.ts'
import { EVERYTHING, POINTS, train, trainUntil } from './small-lab.ts'

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
