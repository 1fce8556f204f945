import { existsSync } from 'node:fs'
import { LossboardError } from '../../core/errors.ts'
import { evaluateEnsemble, type MemberResult } from '../../trainer/lab/index.ts'
import { printJson } from '../json-output.ts'
import { missingStore, type StorePath } from '../store-path.ts'
import { textTable } from '../text-table.ts'
import type { EnsembleVerbOptions } from '../verbs/ensemble.ts'
import { parseFrom } from './parse-arguments.ts'
import { percent, short } from './show-figure.ts'

/** `lossboard ensemble`. */
export async function runEnsemble(runs: readonly string[], path: StorePath, options: EnsembleVerbOptions): Promise<void> {
  if (!existsSync(path.file)) throw missingStore(path)
  const [only, ...others] = runs
  if (options.snapshots && others.length > 0)
    throw new LossboardError('invalid_option', `--snapshots takes the snapshots of one run, got ${runs.length}: ${runs.join(' ')}`)
  const { average, name, project } = options
  const result = await evaluateEnsemble({
    ...(options.snapshots ? { snapshots: only ?? '' } : { members: runs.map(parseFrom) }),
    average,
    dir: path.file,
    ...(name !== undefined && { name }),
    ...(project !== undefined && { project }),
  })
  if (options.json) return printJson(result)
  const { run, metrics, members } = result
  const rows = [...members, { run: `${run.name} (#${run.number}), mean of the ${average}`, step: null, metrics }]
  process.stdout.write(
    `${textTable<Omit<MemberResult, 'step'> & { step: number | null }>(
      [
        { title: 'MEMBER', text: (row) => row.run },
        { title: 'STEP', align: 'right', text: (row) => (row.step === null ? '' : String(row.step)) },
        { title: 'TEST ACCURACY', align: 'right', text: (row) => percent(row.metrics['test/accuracy']) },
        { title: 'TEST LOSS', align: 'right', text: (row) => short(row.metrics['test/loss']) },
      ],
      rows,
    )}\n`,
  )
}
