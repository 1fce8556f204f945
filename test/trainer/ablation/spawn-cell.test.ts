import { describe, expect, it } from 'vitest'
import { type SpawnCell, spawnCell } from '../../../trainer/ablation/spawn-cell.ts'

const never = () => new AbortController().signal
const run = (script: string, options: Partial<SpawnCell> = {}) =>
  spawnCell({
    command: process.execPath,
    args: ['-e', script],
    env: process.env,
    timeoutMs: null,
    stops: { stop: never(), kill: never() },
    ...options,
  })

describe('a program run for a cell', () => {
  it('finishes, or fails with its exit code and the last it said', async () => {
    expect(await run('')).toEqual({ status: 'finished', reason: null })
    expect(await run("for (let i = 0; i < 9; i++) console.error('line ' + i); process.exit(3)")).toEqual({
      status: 'failed',
      reason: 'exit code 3: line 4 | line 5 | line 6 | line 7 | line 8',
    })
    expect(await run("process.stderr.write('é'.repeat(100_000)); process.exitCode = 1")).toMatchObject({
      reason: expect.stringMatching(/^exit code 1: é{600}$/),
    })
    expect(await run("process.kill(process.pid, 'SIGKILL')")).toEqual({ status: 'failed', reason: 'killed by SIGKILL' })
  })

  it('that is not there is named', async () => {
    expect(await run('', { command: 'no-such-program', cwd: '/' })).toEqual({
      status: 'failed',
      reason: 'there is no program "no-such-program" (started in /)',
    })
  })

  it('hands over arguments as they are, and whole lines of both streams', async () => {
    const lines: string[] = []
    const odd = ['', ' ', '$(date)', '`id`', '"; rm x', "'", '*', '\\', 'ü\n{', '--']
    await run('console.log(JSON.stringify(process.argv.slice(1))); process.stdout.write("no end"); console.error("e")', {
      args: ['-e', 'console.log(JSON.stringify(process.argv.slice(1))); process.stdout.write("no end"); console.error("e")', '--', ...odd],
      onLine: (line) => lines.push(line),
    })
    expect(lines.sort()).toEqual([JSON.stringify(odd), 'e', 'no end'].sort())
  })

  it('is stopped after its timeout, also with what it started itself', async () => {
    const script =
      "require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); console.error('busy'); setInterval(() => {}, 1000)"
    expect(await run(script, { timeoutMs: 400 })).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/^stopped after its timeout of 0.4 s/),
    })
  })

  it('gets Ctrl-C once, and may end in its own time; the second is a kill', async () => {
    const stop = new AbortController()
    const kill = new AbortController()
    const script = (after: string) => `process.on('SIGINT', () => { ${after} }); console.log('ready'); setInterval(() => {}, 1000)`
    const polite = run(script("console.error('saved'); process.exit(130)"), {
      stops: { stop: stop.signal, kill: never() },
      onLine: (line) => line === 'ready' && stop.abort('SIGINT'),
    })
    expect(await polite).toEqual({ status: 'interrupted', reason: 'SIGINT' })
    const second = new AbortController()
    const stubborn = run(script("console.log('no')"), {
      stops: { stop: second.signal, kill: kill.signal },
      onLine: (line) => (line === 'ready' ? second.abort('SIGTERM') : kill.abort()),
    })
    expect(await stubborn).toEqual({ status: 'interrupted', reason: 'SIGTERM' })
  })

  it('is not left running when it was stopped before it began', async () => {
    const stop = AbortSignal.abort('SIGINT')
    expect(await run('setInterval(() => {}, 1000)', { stops: { stop, kill: never() } })).toEqual({ status: 'interrupted', reason: 'SIGINT' })
  })
})
