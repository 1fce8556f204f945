import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Run } from '../core/run.ts'
import type { Store } from '../db/store.ts'
import { exportRun } from '../server/export/export-run.ts'
import { progressBar } from './progress-bar.ts'
import { writeWhole } from './write-whole.ts'

export interface ExportTarget {
  format: string
  all: boolean
  metrics: string[] | undefined
  /** File to write; undefined: standard output. */
  output: string | undefined
}

/** Writes one run a piece at a time. A file gets its name only when it is whole: no half export is ever left behind. */
export async function writeExport(store: Store, run: Run, target: ExportTarget): Promise<void> {
  const wanted = (await store.series(run.id)).filter((one) => target.metrics?.includes(one.name) ?? true)
  const total = wanted.reduce((sum, one) => sum + one.n + (target.all ? one.superseded : 0), 0)
  // A bar between the lines of an export that goes to the same terminal would only tear both apart.
  const quiet = target.output === undefined && process.stdout.isTTY
  const bar = progressBar('exporting', quiet ? 0 : total, 'points')
  const { output, ...options } = target
  const pieces = Readable.from(exportRun(store, run.id, { ...options, onPoints: (points) => bar.update(points) }))
  try {
    if (output === undefined) await pipeline(pieces, process.stdout, { end: false })
    else await writeWhole(pieces, resolve(output))
  } finally {
    bar.stop()
  }
  if (output !== undefined) process.stderr.write(`${run.name}: ${total} points written to ${output}\n`)
}
