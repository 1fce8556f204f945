/** What the published package weighs, how soon it answers, and what it keeps in memory while idle. Needs `npm run build`. */
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { openStore } from '../db/open.ts'
import { fillRun } from './filled-store.ts'
import type { Benchmark, Row } from './row.ts'
import { inTempFolder, median } from './temp-folder.ts'

const ROOT = join(import.meta.dirname, '..')
const COMMAND = join(ROOT, 'dist', 'cli.js')

export async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export interface Served {
  url: string
  pid: number
  /** ms from spawn to the first complete answer of `/`. */
  startedMs: number
  stop(): Promise<void>
}

/** Starts the packaged command on a store and waits for the first page. */
export async function serve(store: string): Promise<Served> {
  if (!existsSync(COMMAND)) throw new Error('dist/cli.js is missing: run `npm run build` first')
  const port = await freePort()
  const start = performance.now()
  const child = spawn(process.execPath, [COMMAND, store, '--port', String(port), '--no-open'], { stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the command ended with ${child.exitCode}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) {
      await answer.text()
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  const startedMs = performance.now() - start
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.kill('SIGINT')
    })
  return { url, pid: child.pid as number, startedMs, stop }
}

function residentMegabytes(pid: number): number {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+) kB/)
  return Number(line?.[1] ?? Number.NaN) / 1024
}

export const packageBenchmark: Benchmark = {
  id: 'package',
  title: 'Package',
  async run() {
    return inTempFolder(async (folder) => {
      const file = join(folder, 'store.db')
      const store = await openStore(file, { mode: 'create' })
      for (let run = 0; run < 20; run++) await fillRun(store, run, ['train/loss', 'val/loss'], 1000)
      await store.close()
      const starts: number[] = []
      let memory = Number.NaN
      for (let repeat = 0; repeat < 5; repeat++) {
        const served = await serve(file)
        starts.push(served.startedMs)
        for (let request = 0; request < 10; request++) await (await fetch(served.url)).text()
        await new Promise((resolve) => setTimeout(resolve, 500))
        memory = residentMegabytes(served.pid)
        await served.stop()
      }
      const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: ROOT, encoding: 'utf8' })) as {
        size: number
        unpackedSize: number
      }[]
      const limit = (what: string, value: number, unit: string, rival: number): Row => ({
        what,
        value,
        unit,
        against: 'limit',
        rival,
        better: 'lower',
        target: rival,
      })
      return [
        limit('package, packed', (packed?.size ?? Number.NaN) / 1e6, 'MB', 6),
        limit('package, unpacked', (packed?.unpackedSize ?? Number.NaN) / 1e6, 'MB', 30),
        limit('start to first page', median(starts), 'ms', 1500),
        limit('idle memory (resident)', memory, 'MB', 250),
      ]
    })
  },
}
