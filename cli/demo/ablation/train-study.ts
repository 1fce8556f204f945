import { parseArgs } from 'node:util'
import { isLossboardError, LossboardError } from '../../../core/errors.ts'
import { ablate } from '../../../trainer/index.ts'
import { trainLab } from '../../../trainer/lab/index.ts'
import type { DemoMessage } from '../messages.ts'
import { type DemoData, demoStudy } from './demo-study.ts'

/**
 * The training of `lossboard demo --ablation`, a process of its own: `train-study.ts STORE --data KIND --seconds N --parallel N`.
 * Written as anybody would write a study; `ablate` starts this program again for each run.
 */
async function main(): Promise<void> {
  const { store, data, seconds, parallel } = readArguments()
  const { cells, interrupted } = await ablate({ ...demoStudy({ data, seconds }), dir: store, parallel }, async (config, run) => {
    await trainLab(config, { run, dir: store })
  })
  if (!interrupted && cells.some(({ status }) => status !== 'finished')) process.exitCode = 1
}

function readArguments(): { store: string; data: DemoData; seconds: number; parallel: number } {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, seconds: { type: 'string' }, parallel: { type: 'string' } },
  })
  const [store] = positionals
  const [seconds, parallel] = [Number(values.seconds), Number(values.parallel ?? 1)]
  if (!store || !(seconds > 0) || (values.data !== 'fashion-mnist' && values.data !== 'mnist'))
    throw new LossboardError('invalid_argument', 'write train-study.ts STORE --data fashion-mnist|mnist --seconds N [--parallel N]')
  return { store, data: values.data, seconds, parallel }
}

// Whoever started the study is gone: nobody waits for it.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))

try {
  await main()
} catch (error) {
  const message = error instanceof Error ? error.message : String(error)
  const told: DemoMessage = { type: 'error', code: isLossboardError(error) ? error.code : null, message }
  if (process.send) process.send(told, () => {})
  else process.stderr.write(`${message}\n`)
  process.exitCode = 1
} finally {
  process.removeAllListeners('disconnect')
  if (process.connected) process.disconnect()
}
