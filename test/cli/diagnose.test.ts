import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../db/open.ts'
import type { RunPatch } from '../../db/store.ts'
import { ROOT } from '../architecture/source-files.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'
import { newRun, points } from '../server/temp-store.ts'
import { runCli } from './run-cli.ts'

let folder: TempFolder
const ENDED: RunPatch = { status: 'finished', endedAt: Date.now() }

beforeAll(async () => {
  folder = tempFolder()
  const store = await openStore(join(folder.path, 'lossboard.db'), { mode: 'create' })
  const finished = async (name: string, series: Record<string, number[]>, project = 'test') => {
    const writer = await newRun(store, { id: name, name, project })
    for (const [metric, values] of Object.entries(series)) {
      // As many steps whatever was logged: an evaluation every so many.
      const batch = points(metric, values)
      writer.flush({ points: { ...batch, step: batch.step.map((i) => i * Math.round(600 / values.length)) } })
    }
    writer.flush({ patch: ENDED })
    writer.close()
  }
  const falling = Array.from({ length: 600 }, (_, i) => 2.3 * Math.exp(-i / 120) + 0.02 * Math.sin(i))
  const turning = Array.from({ length: 30 }, (_, i) => 2.3 * Math.exp(-i / 6) + (i > 10 ? 0.09 * (i - 10) : 0) + 0.4)
  await finished('overfit', { 'train/loss': falling, 'val/loss': turning })
  await finished('well', { 'train/loss': falling })
  await finished('lost', { 'train/loss': [...falling.slice(0, 300), ...falling.slice(300).map(() => Number.NaN)] })
  await finished('unnamed', { first: falling, second: turning }, 'other')
  await finished('known', { 'train/loss': falling, 'val/loss': turning }, 'other')
  await store.findings.mute({ project: 'other', runId: 'known', rule: 'overfitting', subjects: null, reason: 'a study of it' })
  await store.close()
})
afterAll(() => folder[Symbol.asyncDispose]())

const diagnose = (...args: string[]) => runCli(['diagnose', ...args], { cwd: folder.path })

it('ends with 0, 1 or 2 by the worst finding, and says what is wrong, since when and what to try', async () => {
  const critical = await diagnose('lost')
  expect(critical).toMatchObject({ exit: 2, stderr: '' })
  expect(critical.stdout).toMatch(/lost {2}#\d+ {2}test {2}finished\n {2}CRITICAL {2}.+, since step 300/)
  expect(critical.stdout).toContain('try: ')
  expect(await diagnose('well', '--rule', 'overfitting')).toMatchObject({ exit: 0, stdout: expect.stringContaining('nothing found') })
})

it('looks at every run of a store, the worst first, and counts them', async () => {
  const { stdout, exit } = await diagnose('--project', 'test', '--rule', 'D01', '--rule', 'overfitting')
  expect(exit).toBe(2)
  expect(stdout).toMatch(/lost[\s\S]+3 runs: /)
  expect(stdout).not.toContain('well')
  const all = await diagnose('.', '--project', 'test', '--all', '--rule', 'overfitting')
  expect(all.stdout).toMatch(/well {2}#\d+ .*\n {2}no data {3}Overfitting: .*val\/loss/)
})

it('reads metrics as --map says, and says what a role may be', async () => {
  expect((await diagnose('unnamed', '--rule', 'overfitting')).exit).toBe(0)
  const mapped = await diagnose('unnamed', '--map', 'first=train-loss', '--map', 'second=val-loss', '--rule', 'overfitting')
  expect(mapped.exit).toBeGreaterThan(0)
  expect(mapped.stdout).toContain('second rose')
  expect(await diagnose('--map', 'first=train-los')).toMatchObject({ exit: 64, stderr: expect.stringContaining('did you mean') })
  expect(await diagnose('--map', 'first')).toMatchObject({ exit: 64, stderr: expect.stringContaining('METRIC=ROLE') })
})

it('leaves muted findings out of the exit code, and lists them with --all', async () => {
  const { stdout, exit } = await diagnose('known', '--rule', 'overfitting')
  expect([exit, stdout]).toEqual([0, expect.stringContaining('1 muted')])
  expect((await diagnose('known', '--all', '--rule', 'overfitting')).stdout).toContain('muted     Overfitting: a study of it')
})

it('prints JSON with evidence, thresholds and what lacks data', async () => {
  const { stdout } = await diagnose('overfit', 'known', '--json')
  const { severity, runs } = JSON.parse(stdout)
  expect(severity).toMatch(/warning|critical/)
  const [first, known] = runs
  const over = first.findings.find((one: { rule: string }) => one.rule === 'overfitting')
  expect(over).toMatchObject({
    id: 'D19',
    mute: null,
    evidence: [{ series: 'val/loss' }, {}],
    fixes: expect.any(Array),
    citation: expect.any(String),
  })
  expect(known.findings.find((one: { rule: string }) => one.rule === 'overfitting').mute).toMatchObject({ reason: 'a study of it' })
  expect(first.roles).toEqual({ 'train/loss': 'train-loss', 'val/loss': 'val-loss' })
  expect(first.notEnoughData).toBeInstanceOf(Array)
})

it('looks at logs of other tools without keeping a store of them', async () => {
  const { stdout, exit } = await diagnose(join(ROOT, 'test/fixtures/tfevents/tensorboardx/pair'))
  expect([exit, stdout]).toEqual([0, expect.stringContaining('2 runs')])
  const rows = Array.from({ length: 300 }, (_, i) => `${i},${i < 200 ? 2.3 * Math.exp(-i / 60) : 'nan'}`)
  writeFileSync(join(folder.path, 'history.csv'), `step,train/loss\n${rows.join('\n')}\n`)
  const csv = await diagnose('history.csv', '--rule', 'D01')
  expect([csv.exit, csv.stdout]).toEqual([2, expect.stringContaining('since step 200')])
})

it('keeps exit code 2 for critical findings: mistakes of the call end with 64, or their own code', async () => {
  expect(await diagnose('--nonsense')).toMatchObject({ exit: 64, stderr: expect.stringContaining('--nonsense') })
  expect(await diagnose('--rule', 'overfiting')).toMatchObject({ exit: 64, stderr: expect.stringContaining('did you mean overfitting') })
  expect(await diagnose('overfitt')).toMatchObject({ exit: 3, stderr: expect.stringContaining('overfit') })
  expect(await diagnose('runs/nowhere')).toMatchObject({ exit: 3, stderr: expect.stringContaining('there is nothing at') })
})
