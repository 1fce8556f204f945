import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { LossboardError } from '../../core/errors.ts'
import type { Run } from '../../core/run.ts'
import type { Store } from '../../db/store.ts'
import { exportRuns } from '../../server/export/export-run.ts'
import { exportFormat } from '../../server/export/registry.ts'
import { progressBar } from '../progress-bar.ts'
import { writeWhole } from '../write-whole.ts'
import { runFolders } from './run-folders.ts'

export interface ExportTarget {
  format: string
  all: boolean
  blobs: boolean
  metrics: string[] | undefined
  /** File or folder to write; undefined: standard output. */
  output: string | undefined
}

/** Writes runs a piece at a time. A file gets its name only when it is whole: no half export is ever left behind. */
export async function writeExport(store: Store, runs: readonly Run[], target: ExportTarget): Promise<void> {
  const { output, ...options } = target
  const format = exportFormat(target.format)
  if (!format.joinsRuns && output === undefined && runs.length > 1)
    throw new LossboardError('invalid_option', `${runs.length} runs of format ${format.id} are a folder: name it with -o`)
  const total = await countPoints(store, runs, target)
  // A bar between the lines of an export that goes to the same terminal would only tear both apart.
  const quiet = output === undefined && process.stdout.isTTY
  const bar = progressBar('exporting', quiet ? 0 : total, 'points')
  const told: string[] = []
  const onTell = (run: Run, what: string) => told.push(`${run.name}: ${what}`)
  const write = (some: readonly Run[], metrics: string[] | undefined, before: number) =>
    exportRuns(store, some, { ...options, metrics, onTell, onPoints: (points) => bar.update(before + points) })
  try {
    if (!format.joinsRuns && output !== undefined) await writeFolder(store, runs, { ...target, output }, write)
    else {
      const pieces = Readable.from(write(runs, target.metrics, 0))
      if (output === undefined) await pipeline(pieces, process.stdout, { end: false })
      else await writeWhole(pieces, resolve(output))
    }
  } finally {
    bar.stop()
  }
  for (const line of told.slice(0, 20)) process.stderr.write(`lossboard: ${line}\n`)
  if (told.length > 20) process.stderr.write(`lossboard: and ${told.length - 20} more like these\n`)
  if (output !== undefined)
    process.stderr.write(`${runs.length === 1 ? runs[0]!.name : `${runs.length} runs`}: ${total} points written to ${output}\n`)
}

/** A folder for each run, as TensorBoard wants them; runs without any of the metrics have none. */
async function writeFolder(
  store: Store,
  runs: readonly Run[],
  target: ExportTarget & { output: string },
  write: (some: readonly Run[], metrics: string[] | undefined, before: number) => AsyncIterable<string | Uint8Array>,
): Promise<void> {
  const format = exportFormat(target.format)
  let before = 0
  for (const { run, folder } of runFolders(runs)) {
    const names = new Set((await store.series(run.id)).map(({ name }) => name))
    const metrics = target.metrics?.filter((name) => names.has(name))
    // The one run there is says itself what it has.
    if (metrics?.length === 0 && runs.length > 1) continue
    const file = resolve(target.output, folder, format.fileName('lossboard', run))
    try {
      mkdirSync(dirname(file), { recursive: true })
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      throw new LossboardError('invalid_argument', `cannot make the folder ${dirname(file)} (${code}): -o names a folder for format ${format.id}`)
    }
    await writeWhole(Readable.from(write([run], runs.length > 1 ? metrics : target.metrics, before)), file)
    before += await countPoints(store, [run], target)
  }
}

async function countPoints(store: Store, runs: readonly Run[], { metrics, all }: ExportTarget): Promise<number> {
  let total = 0
  for (const run of runs)
    for (const { name, n, superseded } of await store.series(run.id)) if (metrics?.includes(name) ?? true) total += n + (all ? superseded : 0)
  return total
}
