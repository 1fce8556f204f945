/**
 * What the lab's probes cost with their default sampling: the same training step of the lab, on real digits and wasm, with and without.
 * A step is one of a real run: its loss, accuracy and learning rate are logged and stored either way.
 * Blocks of steps that hold every measurement in its due share, interleaved; CPU time of all threads (the one that stores included),
 * since wall time mostly measures what else the machine does.
 */

import { init } from '../trainer/index.ts'
import type { LabConfig } from '../trainer/lab/config/lab-config.ts'
import { parseLabConfig } from '../trainer/lab/config/parse-lab-config.ts'
import { makeSession } from '../trainer/lab/training/lab-session.ts'
import { startProbes } from '../trainer/lab/training/start-probes.ts'
import { makeStepLog, type StepLog } from '../trainer/lab/training/step-log.ts'
import { trainStep } from '../trainer/lab/training/training-step.ts'
import { loadTf, type Tf } from '../trainer/tfjs/index.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder, median } from './temp-folder.ts'

/** A run of so many steps measures activations every 50, histograms every 20, everything else every 10: all come round in a block. */
const TOTAL_STEPS = 4000
const BLOCK = 100
/** Probes may add this share to the time of a step. */
const LIMIT = 0.05

interface Case {
  what: string
  repeats: number
  model: LabConfig['model']
}

const CASES: Case[] = [
  { what: 'MLP of 235,000 weights', repeats: 25, model: { kind: 'mlp', hidden: [256, 128] } },
  { what: 'conv net', repeats: 3, model: { kind: 'vgg', filters: 8, stages: 2, convolutions: 1 } },
  { what: 'residual net', repeats: 3, model: { kind: 'residual', filters: 4, stages: 2, blocks: 1 } },
]

async function measure(tf: Tf, folder: string, { what, repeats, model }: Case): Promise<Row> {
  const config = parseLabConfig(
    { data: { kind: 'mnist', limit: { train: 5000, test: 100 } }, model, train: { maxSteps: TOTAL_STEPS, epochs: 1000 } },
    'bench',
  )
  const session = await makeSession(tf, config)
  const run = init({ dir: folder, quiet: true, captureConsole: false, systemMetrics: false, saveGit: false })
  const withProbes = makeStepLog(session, run)
  const without = makeStepLog({ ...session, config: { ...config, probes: false } }, run)
  let step = 0
  const block = async (log: StepLog): Promise<number> => {
    const start = process.cpuUsage()
    for (let i = 0; i < BLOCK; i++, step++) log.log(step, await trainStep(session, step, false))
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000 / BLOCK
  }
  await block(without)
  const off = [await block(without)]
  const shares: number[] = []
  for (let repeat = 0; repeat < repeats; repeat++) {
    const probes = await startProbes(session, run, step)
    const on = await block(withProbes)
    await probes.stop()
    off.push(await block(without))
    // Against the blocks right before and after it: a machine that slows down meets both.
    shares.push(on / (((off.at(-2) as number) + (off.at(-1) as number)) / 2))
  }
  await run.finish()
  session.dispose()
  const rival = median(off)
  return {
    what: `CPU time of a training step, ${what}, default probes`,
    value: rival * median(shares),
    unit: 'ms',
    against: 'the same step, no probes',
    rival,
    better: 'lower',
    target: rival * (1 + LIMIT),
  }
}

export const labProbes: Benchmark = {
  id: 'lab-probes',
  title: 'Probes of the lab',
  async run() {
    const { tf } = await loadTf({ prefer: 'wasm' })
    const rows: Row[] = []
    for (const one of CASES) rows.push(await inTempFolder((folder) => measure(tf, folder, one)))
    return rows
  },
}
