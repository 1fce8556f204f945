import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exampleNames } from '../../cli/training/example-configs.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'
import { readRun, readRuns } from '../trainer/fixtures/stored-run.ts'
import { ended, outputOf, runCli, startBundle } from './run-cli.ts'

const CONFIG = `
data: { kind: gaussian-blobs, classes: 3, examples: 300 }
model: { kind: mlp, hidden: [8], dropout: 0.2 }
train: { epochs: 3, batchSize: 32 }
probes: false
`

const beside = join(import.meta.dirname, '../output', `config-${process.pid}`)
let folder: TempFolder
beforeAll(() => {
  folder = tempFolder()
  writeFileSync(join(folder.path, 'blobs.yaml'), CONFIG)
})
afterAll(async () => {
  rmSync(beside, { recursive: true, force: true })
  await folder[Symbol.asyncDispose]()
})

const train = (...args: string[]) => runCli(['train', ...args], { cwd: folder.path })

describe('lossboard train', () => {
  it('trains a config once per seed, as one group, and prints what came out', async () => {
    const { stdout, stderr, exit } = await train('blobs.yaml', 'seeds.db', '--seeds', '0..1,4', '--set', 'optimizer.lr=1e-2', '-s', 'train.epochs=1')
    expect(exit, stderr).toBe(0)
    expect(stdout.split('\n')[0]).toMatch(/^#\s+RUN\s+SEED\s+STEPS\s+STOPPED BY\s+VAL ACCURACY\s+TEST ACCURACY\s+TEST LOSS/)
    expect(stdout).toMatch(/1\s+blobs-seed-0\s+0\s+7\s+epochs\s+[\d.]+ %\s+[\d.]+ %/)
    expect(stderr).toMatch(/blobs-seed-4: epoch 1, step 6: val\/loss /)
    const runs = await readRuns(join(folder.path, 'seeds.db'))
    expect(runs.map(({ name, group, seed, status }) => ({ name, group, seed, status })).sort((a, b) => (a.seed ?? 0) - (b.seed ?? 0))).toEqual(
      [0, 1, 4].map((seed) => ({ name: `blobs-seed-${seed}`, group: 'blobs', seed, status: 'finished' })),
    )
    expect(runs[0]?.config).toMatchObject({ optimizer: { kind: 'adam', lr: 0.01 } })
  })

  it('is quiet when asked, but for the result', async () => {
    const { stdout, stderr, exit } = await train('blobs.yaml', 'quiet.db', '--quiet', '--name', 'hush', '--project', 'other')
    expect({ stderr, exit }).toEqual({ stderr: '', exit: 0 })
    expect(stdout).toContain('hush')
    expect(await readRuns(join(folder.path, 'quiet.db'))).toMatchObject([{ name: 'hush', project: 'other' }])
  })

  it('shows in a dry run what would be trained, and makes no store', async () => {
    const { stdout, exit } = await train('blobs.yaml', 'dry.db', '--dry-run', '--set', 'model.hidden=[5, 4]')
    expect(exit).toBe(0)
    expect(stdout).toMatch(/hidden2\s+Dense\s+batch × 4\s+24\s/)
    expect(stdout).toContain('parameters  54, 54 of them trained')
    expect(stdout).toContain('steps       21, 7 per epoch')
    expect(stdout).toMatch(/^weightDecay: 0$|^ {2}weightDecay: 0$/m)
    expect(readdirSync(folder.path)).not.toContain('dry.db')
  })

  it('lists every problem of a config, a line each, and ends with exit code 2', async () => {
    const { stdout, stderr, exit } = await train('blobs.yaml', '--set', 'optimizer.lrr=1', '--set', 'model.kind=mlpp')
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 2 })
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^ {2}model\.kind: .*did you mean mlp\?$/)
    expect(lines[1]).toMatch(/^ {2}optimizer\.lrr: .*did you mean optimizer\.lr\?$/)
    expect(lines.at(-1)).toBe('lossboard: blobs.yaml has 2 problems, listed above')
  })

  it.each([
    [['nowhere.yaml'], 3, /no config at .*nowhere\.yaml/],
    [['blobs.yml'], 3, /did you mean blobs\.yaml\?/],
    [[], 2, /give a config .* --example NAME or --resume RUN/],
    [['blobs.yaml', '--seeds', '3..1'], 2, /--seeds 3\.\.1: write whole numbers/],
    [['blobs.yaml', '--set', 'lr'], 2, /--set lr: write a setting/],
    [['--example', 'mnist-con'], 3, /did you mean mnist-conv\?/],
    [['--resume', 'x', '--seeds', '1', 'quiet.db'], 2, /leave out --seeds/],
    [['--resume', 'nobody', 'quiet.db'], 3, /no run "nobody"/],
    [['--resume', 'hush', 'quiet.db'], 2, /run hush is finished: to train it longer/],
    [['blobs.yaml', '--from', 'hush:77', 'quiet.db'], 3, /has no checkpoint at step 77: it has /],
  ] as const)('says in one line what is wrong: %s', async (args, code, message) => {
    const { stdout, stderr, exit } = await train(...args)
    expect({ stdout, exit }, stderr).toEqual({ stdout: '', exit: code })
    expect(stderr).toMatch(/^lossboard: [^\n]+\n$/)
    expect(stderr).toMatch(message)
  })

  it('reads JSON, and TypeScript and JavaScript modules', async () => {
    writeFileSync(join(folder.path, 'a.json'), JSON.stringify({ data: { kind: 'two-moons' }, model: { kind: 'linear' } }))
    writeFileSync(join(folder.path, 'b.mjs'), "export const config = async () => ({ data: { kind: 'two-moons' }, model: { kind: 'linear' } })")
    // Beside the packages, where people keep it.
    mkdirSync(beside, { recursive: true })
    writeFileSync(
      join(beside, 'c.ts'),
      "import { join } from 'node:path'\nconst kind: string = join('two-moons')\nexport default { data: { kind }, model: { kind: 'linear' } }",
    )
    writeFileSync(join(folder.path, 'd.json'), '{ data: }')
    for (const file of ['a.json', 'b.mjs', join(beside, 'c.ts')]) {
      const { stdout, stderr, exit } = await train(file, '--dry-run')
      expect({ file, exit, stderr: exit === 0 ? '' : stderr }).toEqual({ file, exit: 0, stderr: '' })
      expect(stdout).toContain('kind: two-moons')
    }
    expect(readdirSync(beside)).toEqual(['c.ts'])
    expect((await train('d.json')).stderr).toMatch(/^lossboard: d\.json is no JSON: /)
  })

  it('prints the JSON Schema', async () => {
    const { stdout, exit } = await train('--schema')
    expect(exit).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ type: 'object', required: ['data', 'model'] })
  })

  it('starts from the weights of another run, which it links', async () => {
    const { stdout, stderr, exit } = await train('blobs.yaml', 'quiet.db', '--from', 'hush:last', '--set', 'from.freeze=[hidden1]', '--name', 'next')
    expect(exit, stderr).toBe(0)
    expect(stdout).toContain('next')
    const { run } = await readRun(join(folder.path, 'quiet.db'), 'next')
    expect(run.config.from).toEqual({ run: 'hush', checkpoint: 'last', freeze: ['hidden1'], reinitialise: [] })
  })
})

describe('a training that is stopped', () => {
  const LONG = ['--set', 'train.epochs=120', '--set', 'checkpoints.every=2', '--set', 'train.evaluateEvery=20']

  it('by Ctrl-C ends as interrupted with exit code 130, and says how to go on', async () => {
    const child = await startBundle(['train', 'blobs.yaml', 'stopped.db', '--name', 'stopped', '--seeds', '0,1', '--set', 'train.epochs=100000'], {
      cwd: folder.path,
    })
    const end = ended(child)
    await outputOf(child, /epoch 2, /)
    child.kill('SIGINT')
    const { stderr, exit } = await end
    expect(exit, stderr).toBe(130)
    expect(stderr).toMatch(/stopped; to go on: lossboard train --resume stopped-seed-0 stopped\.db; 1 more not begun\n$/)
    const { run, records, points } = await readRun(join(folder.path, 'stopped.db'), 'stopped-seed-0')
    expect(run).toMatchObject({ status: 'interrupted', statusReason: 'SIGINT' })
    // The last step done has a checkpoint, whether or not one was due.
    const newest = records.filter(({ kind }) => kind === 'checkpoint').at(-1)
    expect(newest).toMatchObject({ step: points.get('train/loss')?.step.at(-1), payload: { pruned: false } })
  })

  it('by kill -9 goes on from its newest checkpoint with the very numbers it would have had', async () => {
    const whole = await train('blobs.yaml', 'killed.db', '--name', 'whole', ...LONG)
    expect(whole.exit, whole.stderr).toBe(0)
    const child = await startBundle(['train', 'blobs.yaml', 'killed.db', '--name', 'killed', ...LONG], { cwd: folder.path })
    await outputOf(child, /epoch 20, /)
    child.kill('SIGKILL')
    await ended(child).catch(() => {})
    const resumed = await train('--resume', 'killed', 'killed.db')
    expect(resumed.exit, resumed.stderr).toBe(0)
    expect(resumed.stderr).toMatch(/killed .*goes on at step [1-9]/)
    const file = join(folder.path, 'killed.db')
    const [expected, got] = await Promise.all([readRun(file, 'whole'), readRun(file, 'killed')])
    expect(got.run).toMatchObject({ status: 'finished', attempt: 2 })
    for (const name of ['train/loss', 'train/accuracy', 'lr', 'epoch', 'val/loss', 'test/loss'])
      expect({ name, ...got.points.get(name) }).toEqual({ name, ...expected.points.get(name) })
  })
})

it('every config that comes with Lossboard is valid', async () => {
  expect(exampleNames()).toEqual(expect.arrayContaining(['mnist-conv', 'mnist-residual']))
  for (const name of exampleNames()) {
    const { stderr, exit } = await train('--example', name, '--dry-run')
    expect({ name, exit, stderr: exit === 0 ? '' : stderr }).toEqual({ name, exit: 0, stderr: '' })
  }
})
