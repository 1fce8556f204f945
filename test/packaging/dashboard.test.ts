import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ended, outputOf, runCli, startCli } from '../cli/run-cli.ts'
import { writeSmallStore } from '../cli/small-store.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'

let folder: TempFolder
let started: ChildProcess[]

beforeEach(() => {
  folder = tempFolder()
  started = []
})
afterEach(async () => {
  await Promise.all(
    started.filter((child) => child.exitCode === null && child.signalCode === null).map((child) => child.kill('SIGKILL') && ended(child)),
  )
  await folder[Symbol.asyncDispose]()
})

const URL_PATTERN = /http:\/\/\S+/

function start(...args: string[]): ChildProcess {
  const child = startCli(args, { cwd: folder.path, built: true })
  started.push(child)
  return child
}

const query = async (base: string, procedure: string, input?: object): Promise<unknown> => {
  const search = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const answer = await fetch(new URL(`/api/trpc/${procedure}${search}`, base))
  return ((await answer.json()) as { result: { data: unknown } }).result.data
}

const runNames = async (base: string) =>
  ((await query(base, 'runs.overview', { metrics: [] })) as { runs: { name: string }[] }).runs.map((run) => run.name).sort()

describe('lossboard without a path', () => {
  it('waits for a store that is not there, creates nothing, and shows it when it comes', async () => {
    const url = await outputOf(start('--port', '0', '--no-open'), URL_PATTERN)
    expect((await fetch(url)).status).toBe(200)
    expect(await runNames(url)).toEqual([])
    expect(JSON.stringify(await query(url, 'store.info'))).toContain('There is no store')
    expect(readdirSync(folder.path)).toEqual([])
    await writeSmallStore(join(folder.path, 'lossboard.db'))
    await expect.poll(() => runNames(url), { timeout: 10_000 }).toEqual(['broken-crane-2', 'other-project', 'steady-heron-1'])
    expect(await query(url, 'store.info')).toMatchObject({ runs: 3, readOnly: false, warnings: [] })
  })

  it('takes the next free port when its first is in use', async () => {
    const urls = [await outputOf(start('--no-open'), URL_PATTERN), await outputOf(start('--no-open'), URL_PATTERN)]
    expect(urls[0]).not.toBe(urls[1])
    for (const url of urls) expect((await fetch(new URL('/api/health', url))).status).toBe(200)
  })
})

describe('lossboard with a path', () => {
  it('says in one line that the port asked for is taken', async () => {
    const url = await outputOf(start('--port', '0', '--no-open'), URL_PATTERN)
    const second = await runCli(['--port', new URL(url).port, '--no-open'], { cwd: folder.path, built: true })
    expect(second).toMatchObject({ stdout: '', exit: 6, stderr: expect.stringMatching(/^lossboard: port \d+ .* --port.*\n$/) })
  })

  it('refuses a file that is not a store, and leaves it as it is', async () => {
    const path = join(folder.path, 'notes.db')
    writeFileSync(path, 'these are my notes, '.repeat(100))
    const { stdout, stderr, exit } = await runCli(['notes.db', '--no-open'], { cwd: folder.path, built: true })
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 4 })
    expect(stderr).toMatch(/^lossboard: .*notes\.db.*\n$/)
    expect(readFileSync(path, 'utf8')).toBe('these are my notes, '.repeat(100))
    expect(readdirSync(folder.path)).toEqual(['notes.db'])
  })

  it('asks for a token beyond this machine, and prints an address that has it', async () => {
    const url = await outputOf(start('--host', '0.0.0.0', '--port', '0', '--no-open'), URL_PATTERN)
    expect(new URL(url).searchParams.get('token')).toMatch(/^[\w-]{20,}$/)
    expect((await fetch(new URL('/', url))).status).toBe(401)
    expect((await fetch(new URL('/api/trpc/store.info', url))).status).toBe(401)
    const login = await fetch(url, { redirect: 'manual' })
    expect(login.status).toBe(303)
    const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await fetch(new URL('/api/trpc/store.info', url), { headers: { cookie } })).status).toBe(200)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('ends on %s with exit code 0 while a stream is open', async (signal) => {
    await writeSmallStore(join(folder.path, 'lossboard.db'))
    const server = start('--port', '0', '--no-open')
    const url = await outputOf(server, URL_PATTERN)
    const stream = await fetch(new URL(`/api/trpc/live.changes?input=${encodeURIComponent('{}')}`, url), { headers: { accept: 'text/event-stream' } })
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const end = ended(server)
    server.kill(signal)
    expect(await end).toMatchObject({ exit: 0, stderr: '' })
    await stream.body?.cancel().catch(() => {})
    // The write-ahead log was folded back: the file alone is the whole store.
    expect(existsSync(join(folder.path, 'lossboard.db-wal'))).toBe(false)
  })
})
