import type { MetricRule } from '../../../core/run.ts'
import { MalformedMessage } from '../../../core/tfevents/wire.ts'
import { findFiles, firstBytes } from '../intake/find-files.ts'
import type { Intake } from '../intake/intake.ts'
import type { RunIntake } from '../intake/run-intake.ts'
import type { SourceFile, SourceReader } from '../intake/source-reader.ts'
import { isWandbLog, readWandbLog } from './read-log.ts'
import { readWandbRecord, type WandbRecord } from './records.ts'
import { WandbRunFile, wandbFacts } from './run-file.ts'

const RECORDS_PER_SETTLE = 500

export const wandbReader: SourceReader = {
  kind: 'wandb',
  title: 'W&B run files',
  unit: 'log record',
  describe: (count) => `${count} W&B run ${count === 1 ? 'file' : 'files'}`,
  find: async (path) => findFiles(path, (name, file) => name.endsWith('.wandb') && isWandbLog(firstBytes(file, 7))),
  read,
}

async function read(file: SourceFile, intake: Intake): Promise<void> {
  let run: RunIntake | null = null
  let taking: WandbRunFile | null = null
  let told = 0
  const damage = (offset: number, reason: string) => (run ?? intake).note('skipped', reason, { file: file.name, offset })
  const log = readWandbLog(file.path, damage)
  for (;;) {
    const next = log.next()
    if (next.done) {
      if (next.value.incomplete) {
        const { offset, bytes } = next.value.incomplete
        damage(offset, `the file ends inside a record, ${bytes} bytes of it are there: read when it has grown`)
      }
      break
    }
    const { bytes, offset } = next.value
    intake.rows++
    let record: WandbRecord
    try {
      record = readWandbRecord(bytes)
    } catch (error) {
      if (!(error instanceof MalformedMessage)) throw error
      damage(offset, `it is no record: ${error.message}`)
      continue
    }
    if (record.type === 'run') {
      const facts = wandbFacts(record.run)
      // A run that was resumed offline has a log for each time; later words win.
      run ??= intake.run(
        record.run.id,
        { ...facts, status: 'interrupted', statusReason: 'its log ends without saying how it ended' },
        { unique: true },
      )
      const { config } = run.facts
      run.change({ ...facts, config: { ...config, ...facts.config }, startedAt: run.facts.startedAt ?? facts.startedAt })
      taking ??= new WandbRunFile(run, file.path, facts.startedAt ?? 0)
    } else if (record.type === 'metric') run?.rules.push(...metricRule(record))
    else taking?.take(record, { file: file.name, place: `at byte ${offset}` })
    if (intake.rows % RECORDS_PER_SETTLE === 0) {
      await intake.settle(offset - told)
      told = offset
    }
  }
  if (run === null) intake.note('skipped', 'it holds no run')
  taking?.tellLeftOut(file.name)
  await intake.settle()
}

/** `define_metric` of W&B; a rule that says neither axis nor goal is none. Dots in names are escaped there. */
function metricRule({ name, glob, step, goal }: Extract<WandbRecord, { type: 'metric' }>): MetricRule[] {
  const plain = (text: string) => text.replaceAll('\\.', '.')
  const pattern = plain(glob || name)
  if (pattern === '' || (step === '' && goal === null)) return []
  return [{ pattern, ...(step && { step: plain(step) }), ...(goal && { goal }) }]
}
