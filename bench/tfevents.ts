/**
 * Reading a TensorBoard event file of plain scalars into a store, against TensorBoard's own readers in the same run: its data server (Rust) and
 * its Python loader. They keep a sample in memory; ours stores every point on disk. LOSSBOARD_BENCH_PYTHON names a Python with `tensorboard`
 * (default `python3`); LOSSBOARD_BENCH_SCALARS the number of scalars (default 4,000,000).
 */
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, fsyncSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { openStore } from '../db/open.ts'
import { startImport } from '../server/importers/tfevents/start-import.ts'
import { EventFileWriter } from './event-file.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder } from './temp-folder.ts'

const SCALARS = Number(process.env.LOSSBOARD_BENCH_SCALARS ?? 4_000_000)
const TAGS = 20
/** The Python loader takes minutes for millions: it reads a file of this many, and rates are compared. */
const PYTHON_SCALARS = Math.min(SCALARS, 40_000)
const PYTHON = process.env.LOSSBOARD_BENCH_PYTHON ?? 'python3'
const PIECE = 5_000

function writeLogs(folder: string, scalars: number): string {
  mkdirSync(join(folder, 'run'), { recursive: true })
  const file = join(folder, 'run/events.out.tfevents.1700000000.bench')
  const descriptor = openSync(file, 'w')
  const tags = Array.from({ length: TAGS }, (_, index) => new TextEncoder().encode(`train/metric-${index}`))
  for (let from = 0; from < scalars / TAGS; from += PIECE) {
    const writer = new EventFileWriter()
    for (let step = from; step < Math.min(from + PIECE, scalars / TAGS); step++)
      for (const [index, tag] of tags.entries()) writer.scalar(tag, step, 1_700_000_000 + step / 10, Math.sin(step / 1000 + index) + 1)
    writeSync(descriptor, writer.bytes())
  }
  // What the system writes to disk meanwhile would count against whoever reads first.
  fsyncSync(descriptor)
  closeSync(descriptor)
  return file
}

interface Ours {
  seconds: number
  /** Growth of the whole process while it imports, MB. */
  megabytes: number
}

async function ours(root: string, storeFile: string): Promise<Ours> {
  await (await openStore(storeFile, { mode: 'create' })).close()
  const before = process.memoryUsage.rss()
  let most = before
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
  const start = performance.now()
  const running = startImport({ root, project: 'bench', storeFile, mirror: false, follow: false })
  const { points } = await running.first
  const seconds = (performance.now() - start) / 1000
  await running.ended
  clearInterval(watch)
  if (points !== SCALARS) throw new Error(`${points} of ${SCALARS} points imported`)
  return { seconds, megabytes: (most - before) / 1e6 }
}

/** Path of the data server's program; null when it is not installed. */
function dataServer(): string | null {
  try {
    const script = 'import tensorboard_data_server as server; print(server.server_binary())'
    return execFileSync(PYTHON, ['-c', script], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null
  } catch {
    return null
  }
}

/** Seconds of its first load, as it logs them by when they come. */
function rust(program: string, root: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(program, ['--logdir', root, '--port', '0', '--reload', 'once', '-v'], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the data server ended with ${code}`)))
    for (const stream of [child.stdout, child.stderr])
      createInterface(stream).on('line', (line) => {
        if (!/Finished load cycle/i.test(line)) return
        resolve((performance.now() - start) / 1000)
        child.removeAllListeners('exit').kill()
      })
  })
}

/** Seconds of the Python loader, imports left out; NaN when it is not installed. */
function python(root: string): number {
  const script = `
import sys, time
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
start = time.time()
EventAccumulator(sys.argv[1], size_guidance={"scalars": 0}).Reload()
print(time.time() - start)`
  try {
    return Number(execFileSync(PYTHON, ['-c', script, root], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  } catch {
    return Number.NaN
  }
}

export const tfevents: Benchmark = {
  id: 'tfevents',
  title: 'TensorBoard event files',
  slow: true,
  run: () =>
    inTempFolder(async (folder) => {
      const file = writeLogs(join(folder, 'logs'), SCALARS)
      const megabytes = statSync(file).size / 1e6
      const { seconds, megabytes: memory } = await ours(join(folder, 'logs'), join(folder, 'store.db'))
      const program = dataServer()
      const missing = `(not installed for ${PYTHON})`
      const rate = {
        what: `import of ${SCALARS.toLocaleString('en-US')} scalars, ${Math.round(megabytes)} MB`,
        unit: 'points/s',
        better: 'higher' as const,
      }
      writeLogs(join(folder, 'few'), PYTHON_SCALARS)
      const value = SCALARS / seconds
      return [
        {
          ...rate,
          value,
          against: `TensorBoard's data server, which keeps a sample ${program ? '' : missing}`.trim(),
          rival: program ? SCALARS / (await rust(program, join(folder, 'logs'))) : Number.NaN,
        },
        {
          ...rate,
          value,
          against: `TensorBoard's Python loader, on ${PYTHON_SCALARS.toLocaleString('en-US')}`,
          rival: PYTHON_SCALARS / python(join(folder, 'few/run')),
        },
        { what: 'memory for it', value: memory, unit: 'MB', against: 'size of the file', rival: megabytes, better: 'lower', target: 300 },
      ] satisfies Row[]
    }),
}
