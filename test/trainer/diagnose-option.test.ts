import { afterAll, beforeAll, expect, it } from 'vitest'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from './fixtures/built-library.ts'
import { runScript } from './fixtures/script.ts'
import { readRuns } from './fixtures/stored-run.ts'

let library: BuiltLibrary
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())

const LOG = `
for (let step = 0; step < 400 && !aborted(); step++) {
  run.log({ 'train/loss': step < 200 ? 2.3 * Math.exp(-step / 60) : NaN }, step)
  if (step > 300) await new Promise((resolve) => setTimeout(resolve, 25))
}
`

it('a critical finding is said in one line, and with stopOn ends the training with the finding as its reason', async () => {
  await using folder = tempFolder()
  const script = `
const run = init({ stopOn: 'critical', name: 'goes-wrong', quiet: true })
const aborted = () => run.signal.aborted
${LOG}
console.log(JSON.stringify({ code: run.signal.reason?.code, rule: run.signal.reason?.cause?.rule }))
await run.finish()`
  const { stdout, stderr, code } = await runScript(library.folder, folder.store, script)
  expect(code).toBe(0)
  const lines = stderr.split('\n').filter((line) => line.includes('at step'))
  expect(lines.filter((line) => line.includes('critical at step 200 of goes-wrong: '))).toHaveLength(1)
  expect(JSON.parse(stdout)).toMatchObject({ code: 'stopped_by_finding', rule: 'non-finite' })
  const [run] = await readRuns(folder.store)
  expect(run).toMatchObject({ status: 'interrupted', statusReason: expect.stringMatching(/^stopped: critical at step 200: /) })
})

it('diagnose: false, or LOSSBOARD_DIAGNOSE=0, is silent and stops nothing', async () => {
  await using folder = tempFolder()
  const script = `
const run = init({ quiet: true, diagnose: false })
const aborted = () => run.signal.aborted
${LOG.replace('25', '1')}
await run.finish()`
  const { stderr } = await runScript(library.folder, folder.store, script)
  expect(stderr).not.toContain('at step')
  expect((await readRuns(folder.store))[0]).toMatchObject({ status: 'finished' })
})
