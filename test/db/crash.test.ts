import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SqliteStore } from '../../db/sqlite/store.ts'
import { openSqlite } from '../../db/sqlite/store.ts'
import { batch } from './contract/make.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { valueAt } from './writer-child-value.ts'

const CHILD = new URL('writer-child.ts', import.meta.url).pathname
const SERIES = ['m0', 'm1', 'm2', 'm3', 'm4']

let folder: ReturnType<typeof temporaryFolder>
let path: string
let children: ChildProcess[] = []

beforeEach(() => {
  folder = temporaryFolder()
  path = folder.path('store.db')
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
  children = []
  folder.remove()
})

/** Starts a writer. `until(n)` resolves once it has said that n commits are done. */
function startWriter(id: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, path, id], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  let text = ''
  const waiting: { commits: number; done: () => void }[] = []
  const lines = () => text.split('\n').slice(0, -1)
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    for (const wait of waiting) if (lines().length >= wait.commits) wait.done()
  })
  const ended = once(child, 'close')
  return {
    child,
    until: (commits: number) => Promise.race([new Promise<void>((done) => waiting.push({ commits, done })), ended]),
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    /** Steps it said were committed. */
    said: () => Number(lines().at(-1) ?? 0),
  }
}

/** Every series holds a prefix of what was logged, whole, once, at least as long as was said. Returns its length. */
async function expectPrefix(store: SqliteStore, id: string, said: number): Promise<number> {
  const lengths = new Set<number>()
  for (const [index, name] of SERIES.entries()) {
    let n = 0
    for await (const part of store.points(id, name, { all: true })) {
      const wrong = part.step.findIndex(
        (step, i) => step !== n + i || part.wall[i] !== 1e12 + step || !Object.is(part.value[i], valueAt(index, step)),
      )
      expect(wrong).toBe(-1)
      expect(part.superseded?.every((flag) => flag === 0)).toBe(true)
      n += part.step.length
    }
    lengths.add(n)
    expect(n).toBeGreaterThanOrEqual(said)
  }
  expect(lengths.size).toBe(1)
  const summaries = await store.series(id)
  expect(summaries.map((series) => [series.name, series.n])).toEqual(SERIES.map((name) => [name, [...lengths][0]]))
  return [...lengths][0]!
}

describe('writers killed with kill -9', () => {
  test('lose nothing that was committed, tear nothing, double nothing; the run goes on afterwards', async () => {
    for (const commits of [1, 9, 30]) {
      const id = `r${commits}`
      const writer = startWriter(id)
      await writer.until(commits)
      await writer.kill()
      const store = openSqlite(path, { mode: 'write' })
      const kept = await expectPrefix(store, id, writer.said())
      expect(writer.said()).toBeGreaterThan(0)
      expect(await store.markCrashed(Date.now(), 3_600_000)).toEqual([])
      expect(await store.markCrashed(Date.now() + 7_200_000, 3_600_000)).toEqual([id])
      await store.compact()
      await expectPrefix(store, id, kept)
      const resumed = store.resumeRunSync(id, { forkStep: null, startedAt: Date.now(), environment: {} })
      resumed.flush({ points: batch(SERIES.map((name, i) => [name, kept, valueAt(i, kept), 1e12 + kept])) })
      await expectPrefix(store, id, kept + 1)
      resumed.flush({ patch: { status: 'finished' } })
      store.closeSync()
      const plain = new SqliteDatabase(path, { readonly: true })
      expect(plain.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(plain.prepare('SELECT count(*) FROM points WHERE run_id = ?').pluck().get(id)).toBe((kept + 1) * SERIES.length)
      plain.close()
    }
  })

  test('several at once, with a reader that goes on reading', async () => {
    const writers = ['a', 'b', 'c'].map((id) => ({ id, ...startWriter(id) }))
    await writers[0]!.until(1)
    const reader = openSqlite(path, { mode: 'write' })
    let reads = 0
    const reading = (async () => {
      while (children.some((child) => child.exitCode === null && child.signalCode === null)) {
        const { runs, metrics } = await reader.overview({}, ['m0'])
        const charts = await reader.chart(
          runs.map((run) => ({
            runId: run.id,
            name: 'm0',
            x: { kind: 'step' },
            range: null,
            width: 100,
            smoothing: { kind: 'ema', weight: 0.6 },
            abandoned: false,
          })),
        )
        // A snapshot: what is drawn is a whole prefix, and never shorter than the overview before it.
        charts.forEach((chart, i) => {
          expect(chart.n).toBeGreaterThanOrEqual(metrics[0]!.n[i]!)
          if (chart.n > 0) expect(chart.extent).toEqual([0, chart.n - 1])
        })
        reads++
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    })()
    for (const writer of writers) await writer.until(12)
    for (const writer of writers) await writer.kill()
    await reading
    expect(reads).toBeGreaterThan(0)
    for (const writer of writers) await expectPrefix(reader, writer.id, writer.said())
    reader.closeSync()
  })
})
