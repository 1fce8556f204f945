import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { buildProgram } from '../../../cli/program.ts'
import type { JournalReport } from '../../../cli/sync/sync-report.ts'
import { openStore } from '../../../db/open.ts'
import { startServer } from '../../../server/http/start-server.ts'
import { ROOT } from '../../architecture/source-files.ts'
import { expectedValue } from '../fixtures/script.ts'
import { readRun, type StoredRun, withStore } from '../fixtures/stored-run.ts'

export interface ServerProcess extends AsyncDisposable {
  url: string
  port: number
  kill(signal: NodeJS.Signals): Promise<void>
}

/** A server in a process of its own. */
export async function serverProcess(store: string, port = 0): Promise<ServerProcess> {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', join(ROOT, 'test/fixtures/server-process.ts'), store, String(port)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (text: Buffer) => resolve(text.toString().trim().replace(/\/$/, '')))
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
  const kill = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await ended
  }
  return { url, port: Number(new URL(url).port), kill, [Symbol.asyncDispose]: () => kill('SIGKILL') }
}

/** A server in the process of the test: for clients that are processes of their own. */
export async function serverHere(store: string, options: Partial<Parameters<typeof startServer>[0]> = {}) {
  const opened = await openStore(store, { mode: 'create' })
  const server = await startServer({ port: 0, ...options, store: opened })
  return { store: opened, port: server.port, url: `http://127.0.0.1:${server.port}`, [Symbol.asyncDispose]: () => server.close() }
}

/** The steps 0 … n − 1 of `value` are there, once, and the same to the last bit. */
export async function expectWhole(store: string, run: string, n: number): Promise<StoredRun> {
  const stored = await readRun(store, run)
  const { step, value } = stored.points.get('value') ?? { step: [], value: [] }
  expect(step.length).toBe(n)
  expect(step.every((one, index) => one === index)).toBe(true)
  expect(value.every((one, index) => Object.is(one, expectedValue(index)))).toBe(true)
  expect(await superseded(store, stored.run.id)).toBe(0)
  return stored
}

/** Points of `value` that were replaced: what a batch that is stored twice would leave behind. */
export async function superseded(store: string, runId: string): Promise<number> {
  const series = await withStore(store, (opened) => opened.series(runId))
  return series.find(({ name }) => name === 'value')?.superseded ?? 0
}

/** Names of the journals in a folder. */
export function journalsIn(folder: string): string[] {
  const path = join(folder, 'lossboard-journal')
  return existsSync(path) ? readdirSync(path) : []
}

/** What `lossboard sync --json` says. */
export async function sync(...words: string[]): Promise<JournalReport[]> {
  return JSON.parse(await command('sync', '--json', ...words)) as JournalReport[]
}

/** What a command line prints on standard output. */
export async function command(...words: string[]): Promise<string> {
  const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  try {
    await buildProgram().parseAsync(words, { from: 'user' })
    return written.mock.calls.map(([text]) => String(text)).join('')
  } finally {
    written.mockRestore()
    process.exitCode = undefined
  }
}
