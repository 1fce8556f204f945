import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { type BuiltLibrary, buildLibrary } from '../../trainer/fixtures/built-library.ts'
import { withStore } from '../../trainer/fixtures/stored-run.ts'
import { runCli } from '../run-cli.ts'

/** A program that knows nothing of the study but its arguments and its environment. */
const PROGRAM = `
import { appendFileSync } from 'node:fs'
appendFileSync('started', process.argv.slice(2).join(' ') + '\\n')
const [lr, seed] = process.argv.slice(2).map(Number)
if (lr === 13) { console.error('no luck\\nat all'); process.exit(3) }
const { init } = await import('lossboard')
const run = init({ config: { own: true }, captureConsole: false, systemMetrics: false, saveGit: false })
run.log({ acc: lr + seed / 100 })
await run.finish()
`
const STUDY = (more = '') => `name: rates
project: p
command: node train.mjs {lr} {seed}
base: { lr: 1 }
sweep: { lr: [1, 2, 13] }
seeds: 2
retries: 0
metrics: { acc: { goal: max } }
${more}`

let library: BuiltLibrary
let folder: ReturnType<typeof tempFolder>
beforeAll(async () => {
  library = await buildLibrary()
})
afterAll(() => library[Symbol.asyncDispose]())
beforeEach(() => {
  folder = tempFolder()
  symlinkSync(join(library.folder, 'node_modules'), join(folder.path, 'node_modules'))
  writeFileSync(join(folder.path, 'train.mjs'), PROGRAM)
  writeFileSync(join(folder.path, 'study.yaml'), STUDY())
})
afterEach(() => folder[Symbol.asyncDispose]())

const cli = (...args: string[]) => runCli(['ablate', ...args], { cwd: folder.path })
const started = () => (existsSync(join(folder.path, 'started')) ? readFileSync(join(folder.path, 'started'), 'utf8').trim().split('\n') : [])

describe('lossboard ablate with another program', () => {
  it('runs every cell, puts its logging into its place, records what fails, and goes on with that alone', async () => {
    const first = await cli('study.yaml', '--parallel', '2')
    expect(first.exit).toBe(1)
    expect(first.stdout).toBe('')
    expect(first.stderr).toContain('3 variants × 2 seeds = 6 cells; 6 to run')
    expect(first.stderr).toMatch(/lr=13, seed 1: FAILED after .*: exit code 3: no luck \| at all/)
    expect(first.stderr).toContain('4 of 6 cells finished, 2 not:')
    expect(started().sort()).toEqual(['1 0', '1 1', '13 0', '13 1', '2 0', '2 1'])
    await withStore(folder.path, async (store) => {
      const { runs } = await store.study('rates')
      expect(runs.map(({ variant, seed }) => `${variant} ${seed}`).sort()).toEqual(
        ['base', 'sweep/lr=13', 'sweep/lr=2'].flatMap((variant) => [`${variant} 0`, `${variant} 1`]).sort(),
      )
      const place = runs.find(({ variant, seed }) => variant === 'sweep/lr=2' && seed === 1)
      const run = await store.run(place?.runId ?? '')
      expect(run).toMatchObject({
        project: 'p',
        group: 'lr=2',
        tags: ['study:rates'],
        seed: 1,
        status: 'finished',
        config: { lr: 2, seed: 1, own: true },
      })
      expect((await store.series(run?.id ?? ''))[0]).toMatchObject({ name: 'acc', last: 2.01 })
      const failed = (await store.overview({}, [])).runs.filter(({ status }) => status === 'failed')
      expect(failed.map(({ group, statusReason }) => [group, statusReason])).toEqual(Array(2).fill(['lr=13', 'exit code 3: no luck | at all']))
    })
    const second = await cli('study.yaml', '--quiet')
    expect([second.exit, second.stderr]).toEqual([1, ''])
    expect(started().slice(6)).toEqual(['13 0', '13 1'])
  })

  it('shows what it would run, and how far it is, without running or making anything', async () => {
    const dry = await cli('study.yaml', '--dry-run', '--seeds', '4')
    expect(dry.exit).toBe(0)
    expect(dry.stdout).toMatch(/^base +baseline: declared as the base$/m)
    expect(dry.stdout).toMatch(/^lr=13 +lr: 1 → 13$/m)
    expect(dry.stdout).toContain('lr=2, seed 4: node train.mjs 2 4')
    const status = await cli('study.yaml', '--status')
    expect(status.stdout).toMatch(/VARIANT +SEED 0 +SEED 1/)
    expect(status.stdout).toContain('0 of 6 cells finished')
    expect(existsSync(join(folder.path, 'lossboard.db'))).toBe(false)
    expect(started()).toEqual([])
  })

  it('says which cells failed and why, also as JSON', async () => {
    await cli('study.yaml')
    const { stdout } = await cli('study.yaml', '--status')
    expect(stdout).toMatch(/^lr=13 +FAILED +FAILED$/m)
    expect(stdout).toMatch(/^lr=13, seed 0: failed, run \S+: exit code 3: no luck \| at all$/m)
    const { cells } = JSON.parse((await cli('study.yaml', '--status', '--json')).stdout) as { cells: { status: string; failedTries: number }[] }
    expect(cells.map(({ status, failedTries }) => [status, failedTries])).toEqual([
      ...[
        ['finished', 0],
        ['finished', 0],
        ['failed', 1],
      ],
      ...[
        ['finished', 0],
        ['finished', 0],
        ['failed', 1],
      ],
    ])
  })

  it('refuses a base that changed, with the way on', async () => {
    await cli('study.yaml', '--seeds', '0')
    writeFileSync(join(folder.path, 'study.yaml'), STUDY().replace('base: { lr: 1 }', 'base: { lr: 1, new: 2 }'))
    const refused = await cli('study.yaml', '--seeds', '0')
    expect([refused.exit, refused.stderr]).toEqual([
      2,
      expect.stringMatching(/^lossboard: study "rates" .*the base changed \(new: – → 2\).*--restart.*\n$/),
    ])
    const restarted = await cli('study.yaml', '--seeds', '0', '--restart')
    expect(restarted.stderr).toContain('its 3 runs leave the study and stay in the store')
    expect(started().length).toBe(6)
  })

  it('says what is wrong in one line', async () => {
    for (const [args, message] of [
      [['nothing.yaml'], /no config at .*nothing.yaml/],
      [['study.yaml', '--json'], /--json goes with --status/],
      [['study.yaml', '--parallel', 'x'], /--parallel must be a number/],
      [['study.yaml', '--parallel', '0'], /study\.yaml.*: parallel must be a whole number from 1/],
      [['study.yaml', '--seeds', 'a'], /--seeds a/],
    ] as const) {
      const { exit, stderr } = await cli(...args)
      expect(stderr).toMatch(message)
      expect(stderr.trim().split('\n')).toHaveLength(1)
      expect(exit).toBeGreaterThan(1)
    }
  })
})

describe('lossboard ablate with a module', () => {
  const MODULE = `export default {
  name: 'module', base: { part: true }, without: { part: { part: false } }, seeds: 2, retries: 0, metrics: { acc: { goal: 'max' } },
  train(config, run) { console.log('training', config.seed); run.log({ acc: config.part ? 1 : 0 }); if (config.seed === 1) throw new Error('odd') },
}`

  it('trains in this process, or in as many as asked', async () => {
    writeFileSync(join(folder.path, 'study.mjs'), MODULE)
    const one = await cli('study.mjs', '--seeds', '0')
    expect([one.exit, one.stdout]).toEqual([0, 'training 0\ntraining 0\n'])
    const two = await cli('study.mjs', '--parallel', '2', '--verbose')
    expect(two.stderr).toContain('[w/o part, seed 1] training 1')
    expect(two.stderr).toContain('full model, seed 1: failed: odd')
    expect(two.exit).toBe(1)
    await withStore(folder.path, async (store) => {
      expect((await store.overview({}, [])).runs.map(({ status, seed }) => `${seed} ${status}`).sort()).toEqual([
        '0 finished',
        '0 finished',
        '1 failed',
        '1 failed',
      ])
    })
  })
})
