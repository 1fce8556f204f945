import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConsoleValue } from '../../core/kinds/values.ts'
import type { NewRecord } from '../../db/store.ts'
import { ConsoleLines } from '../../trainer/worker/console-lines.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from './fixtures/built-library.ts'
import { runScript } from './fixtures/script.ts'
import { readRun, readRuns } from './fixtures/stored-run.ts'

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())

const contentOf = (record: { payload: unknown }) => record.payload as ConsoleValue
const textOf = (records: NewRecord[], stream: string) =>
  records
    .map(contentOf)
    .filter((value) => value.stream === stream)
    .map(({ text }) => text)
    .join('')

describe('console lines', () => {
  it('are whole, however the writes are cut', () => {
    const lines = fc.array(
      fc.string({ maxLength: 20 }).map((line) => line.replace(/[^ -~é☺]/g, '')),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(lines, fc.array(fc.nat(7)), (texts, cuts) => {
        const all = texts.map((line) => `${line}\n`).join('')
        const console = new ConsoleLines()
        let at = 0
        const records: NewRecord[] = []
        for (const cut of cuts) {
          console.push('stdout', all.slice(at, at + cut), 1)
          at = Math.min(all.length, at + cut)
          for (const record of console.take()) {
            expect(contentOf(record).text.endsWith('\n')).toBe(true)
            records.push(record)
          }
        }
        console.push('stdout', all.slice(at), 1)
        records.push(...console.takeRest(2))
        expect(textOf(records, 'stdout')).toBe(all)
      }),
    )
  })

  it('keep the order of the two streams, and number the lines', () => {
    const console = new ConsoleLines(10)
    console.push('stdout', 'a\nb\n', 1)
    console.push('stderr', 'c\n', 2)
    console.push('stdout', 'd\n', 3)
    expect(console.take().map(({ name, step, payload }) => [name, step, contentOf({ payload }).text])).toEqual([
      ['console/stdout', 10, 'a\nb\n'],
      ['console/stderr', 12, 'c\n'],
      ['console/stdout', 13, 'd\n'],
    ])
  })

  it('keep the last state of a progress bar, and colours', () => {
    const console = new ConsoleLines()
    console.push('stderr', '\x1b[32m10 %\x1b[0m\r', 1)
    console.push('stderr', '\x1b[32m50 %\x1b[0m\r\x1b[2K\x1b[1G\x1b[32m100 %\x1b[0m\r\n', 1)
    console.push('stderr', 'windows\r\n', 1)
    expect(textOf(console.take(), 'stderr')).toBe('\x1b[32m100 %\x1b[0m\nwindows\n')
  })

  it('give the unfinished last line at the end', () => {
    const console = new ConsoleLines()
    console.push('stdout', 'no end', 1)
    expect(console.take()).toEqual([])
    expect(textOf(console.takeRest(2), 'stdout')).toBe('no end\n')
  })

  it('beyond 5 MB are counted, and said', () => {
    const console = new ConsoleLines()
    const line = `${'x'.repeat(999)}\n`
    console.push('stdout', line.repeat(5_000), 1)
    console.push('stdout', line.repeat(123), 1)
    const records = console.takeRest(2)
    expect(textOf(records, 'stdout').length).toBe(5_000_000)
    expect(records.reduce((sum, record) => sum + contentOf(record).skippedLines, 0)).toBe(123)
  })

  it('do not grow in memory when a line never ends', () => {
    const console = new ConsoleLines()
    for (let i = 0; i < 1_000; i++) console.push('stdout', `${'#'.repeat(i % 100)}\r`, 1)
    console.push('stdout', 'y'.repeat(100_000), 1)
    console.push('stdout', '\n', 1)
    const all = textOf(console.takeRest(1), 'stdout')
    expect(all.replaceAll('\n', '')).toBe('y'.repeat(100_000))
  })
})

describe('what a script prints', () => {
  it('is stored and still printed, also from bytes cut inside a character, and with nobody yielding', async () => {
    await using folder = tempFolder()
    const source = `const run = init({ quiet: true })
      console.log('loss', 0.5); console.error('\\x1b[31mwarning\\x1b[0m')
      const smile = Buffer.from('☺\\n'); process.stdout.write(smile.subarray(0, 1)); process.stdout.write(smile.subarray(1))
      process.stdout.write(Buffer.from('aGV4Cg==', 'base64').toString('hex'), 'hex')
      run.log({ a: 1 }); run.flushSync(); process.stdout.write('the end'); process.kill(process.pid, 'SIGTERM'); await new Promise((r) => setTimeout(r, 10_000))`
    const { stdout, stderr, signal } = await runScript(library.folder, folder.store, source)
    expect(signal).toBe('SIGTERM')
    expect([stdout, stderr]).toEqual(['loss 0.5\n☺\nhex\nthe end', '\x1b[31mwarning\x1b[0m\n'])
    const [only] = await readRuns(folder.store)
    const { records } = await readRun(folder.store, only?.id ?? '')
    const pieces = records.filter(({ kind }) => kind === 'console').map(contentOf)
    expect(
      pieces
        .filter(({ stream }) => stream === 'stdout')
        .map(({ text }) => text)
        .join(''),
    ).toBe('loss 0.5\n☺\nhex\nthe end\n')
    expect(
      pieces
        .filter(({ stream }) => stream === 'stderr')
        .map(({ text }) => text)
        .join(''),
    ).toBe('\x1b[31mwarning\x1b[0m\n')
  })
})
