import { beforeAll, describe, expect, it } from 'vitest'
import type { LabConfig } from '../../../../trainer/lab/config/lab-config.ts'
import { parseLabConfig } from '../../../../trainer/lab/config/parse-lab-config.ts'
import { makeSession } from '../../../../trainer/lab/training/lab-session.ts'
import { startProbes } from '../../../../trainer/lab/training/start-probes.ts'
import { trainStep } from '../../../../trainer/lab/training/training-step.ts'
import type { Run } from '../../../../trainer/run.ts'
import { loadTf } from '../../../../trainer/tfjs/load-tf.ts'
import type { Tf } from '../../../../trainer/tfjs/tf.ts'
import { memoryRun } from '../../tfjs/logged-run.ts'

let tf: Tf
beforeAll(async () => {
  ;({ tf } = await loadTf({ prefer: 'wasm' }))
})

const EVERYTHING = { updates: 1, gradients: 1, histograms: 1, activations: 1, rows: 64 }
const NETWORK = { kind: 'mlp' as const, hidden: [12, 8], norm: 'batch' as const, dropout: 0.3, activation: 'relu' as const }

/** Trains some steps; what each gave, what was logged, and the tensors there before, in the middle and at the end. */
async function train(probes: LabConfig['probes'], steps: number, { firstStep = 0, ...change }: Partial<LabConfig> & { firstStep?: number } = {}) {
  const config = { data: { kind: 'spirals' }, model: NETWORK, optimizer: { kind: 'adam', clip: { norm: 1 } }, train: { batchSize: 32 }, ...change }
  const session = await makeSession(tf, parseLabConfig({ ...config, probes, checkpoints: { every: null } }, 'test'))
  const run = memoryRun()
  const tensors: number[] = []
  const losses: number[] = []
  const watching = await startProbes(session, run as unknown as Run, firstStep)
  for (let step = firstStep; step < firstStep + steps; step++) {
    losses.push((await trainStep(session, step, false)).loss)
    await watching.afterStep(step)
    tensors.push(tf.memory().numTensors)
  }
  await watching.afterEvaluation(firstStep + steps - 1)
  await watching.stop()
  const weights = session.network.model.getWeights().map((weight) => [...weight.dataSync()])
  const { totalSteps } = session.plan
  session.dispose()
  return { losses, weights, run, tensors, totalSteps }
}

describe('the probes of the lab', () => {
  it('change no loss and no weight, dropout masks and running statistics included', async () => {
    const without = await train(false, 15)
    const measured = await train(EVERYTHING, 15)
    expect(measured.losses).toEqual(without.losses)
    expect(measured.weights).toEqual(without.weights)
    expect(new Set(without.losses).size).toBe(15)
  })

  it('leave no tensor behind', async () => {
    const before = tf.memory().numTensors
    const { tensors } = await train(EVERYTHING, 12)
    expect(new Set(tensors.slice(2)).size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('log every layer under its name', async () => {
    const { run } = await train(EVERYTHING, 2)
    const names = new Set(run.logged.flatMap(({ values }) => Object.keys(values)))
    for (const layer of ['hidden1', 'hidden2']) {
      for (const kind of ['update-ratio', 'update-ratio-histogram', 'lost-update', 'gradient-norm']) expect(names).toContain(`${kind}/${layer}`)
      const activations = [...names].filter((name) => name.startsWith('dead-fraction/') && name.includes(layer))
      expect(activations).toHaveLength(1)
    }
    expect(names).toContain('gradient-norm/global')
    expect([...names].filter((name) => name.startsWith('batch-norm-variance/'))).toHaveLength(2)
  })

  it('by default measure often enough for a picture and at the same steps after a resume', async () => {
    const epochs = { train: { batchSize: 32, maxSteps: 16_000, epochs: 100_000 } }
    const steps = async (firstStep: number) => {
      const { run, totalSteps } = await train({}, 170, { ...epochs, firstStep })
      expect(totalSteps).toBe(16_000)
      const of = (prefix: string) => [
        ...new Set(run.logged.flatMap(({ step, values }) => (Object.keys(values).some((name) => name.startsWith(prefix)) ? [step] : []))),
      ]
      return { dead: of('dead-fraction/'), histograms: of('update-ratio-histogram/'), ratios: of('update-ratio/').slice(0, 3) }
    }
    expect(await steps(0)).toEqual({ dead: [0, 80, 160], histograms: [0, 80, 160], ratios: [0, 10, 20] })
    expect(await steps(8_005)).toEqual({ dead: [8_080, 8_160], histograms: [8_080, 8_160], ratios: [8_010, 8_020, 8_030] })
  })

  it('see a network die whose learning rate is far too high', async () => {
    const { run } = await train(EVERYTHING, 40, { model: { ...NETWORK, norm: 'none', dropout: 0 }, optimizer: { kind: 'sgd', lr: 200 } })
    const dead = run.logged.flatMap(({ values }) => Object.entries(values).filter(([name]) => name.startsWith('dead-fraction/')))
    expect(dead[0]?.[1]).toBeLessThan(0.5)
    expect(Math.max(...dead.slice(-2).map(([, value]) => value as number))).toBeGreaterThan(0.9)
  })
})
