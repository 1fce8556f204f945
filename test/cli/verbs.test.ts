import { chmodSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../cli/doctor/check.ts'
import { confusionMatrix, init } from '../../trainer/index.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'
import { runCli } from './run-cli.ts'
import { writeSmallStore } from './small-store.ts'

let folder: TempFolder
let file: string

beforeAll(async () => {
  folder = tempFolder()
  file = join(folder.path, 'lossboard.db')
  await writeSmallStore(file)
})
afterAll(() => folder[Symbol.asyncDispose]())

const inFolder = (...args: string[]) => runCli(args, { cwd: folder.path })

describe('ls', () => {
  it('lists the newest run first, with last values, NaN by name', async () => {
    const { stdout, exit } = await inFolder('ls')
    expect(exit).toBe(0)
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^#\s+NAME\s+PROJECT\s+STATUS\s+STARTED\s+TOOK\s/)
    expect(lines[1]).toMatch(/other-project\s+letters\s+finished/)
    expect(lines[2]).toMatch(/broken-crane-2\s+digits\s+failed.*NaN/)
    expect(lines[3]).toMatch(/steady-heron-1\s+digits\s+finished.*0\.25.*0\.9/)
  })

  it('filters by project, and says how many runs the limit leaves out', async () => {
    const { stdout } = await inFolder('ls', '--project', 'digits', '--limit', '1')
    expect(stdout).toContain('broken-crane-2')
    expect(stdout).not.toMatch(/steady-heron-1|other-project/)
    expect(stdout).toContain('1 older run not shown')
    expect((await inFolder('ls', '--project', 'nothing')).stdout).toContain('no runs of project "nothing"')
  })

  it('prints JSON that has every metric and keeps NaN and infinity', async () => {
    const runs = JSON.parse((await inFolder('ls', '--json')).stdout) as { name: string; config: object; metrics: Record<string, object> }[]
    expect(runs.map((run) => run.name)).toEqual(['other-project', 'broken-crane-2', 'steady-heron-1'])
    expect(runs[1]?.metrics).toEqual({ 'train/loss': { n: 3, last: 'NaN', lastStep: 2, min: 2.3, max: 2.3, nonFinite: 2 } })
    expect(runs[2]?.config).toEqual({ lr: 0.01, layers: [64, 10] })
  })

  it('takes the store as folder, as file, as --dir and from LOSSBOARD_DIR', async () => {
    const expected = (await inFolder('ls')).stdout
    const env = { LOSSBOARD_DIR: folder.path }
    const others = await Promise.all([runCli(['ls', folder.path]), runCli(['ls', file]), runCli(['ls', '--dir', file]), runCli(['ls'], { env })])
    for (const { stdout } of others) expect(stdout).toBe(expected)
  })
})

describe('show', () => {
  it('finds a run by name, number and id', async () => {
    for (const reference of ['broken-crane-2', '#2', 'bbbb0002']) {
      const { stdout, exit } = await inFolder('show', reference)
      expect(exit).toBe(0)
      expect(stdout).toContain('failed: loss is NaN')
      expect(stdout).toMatch(/train\/loss\s+3\s+NaN\s+2\s+2\.3\s+2\.3\s+2\.3\s+2\s+0/)
    }
  })

  it('prints JSON with the figures of each metric', async () => {
    const run = JSON.parse((await inFolder('show', 'other-project', '--json')).stdout) as { metrics: Record<string, object> }
    expect(run).toMatchObject({ project: 'letters', seed: 0 })
    expect(run.metrics.loss).toMatchObject({ n: 2, superseded: 1, last: 7, lastStep: 1, min: 7, max: 8, mean: 7.5, nonFinite: 0 })
  })

  it('tells the newest record of each name in one line', async () => {
    const run = init({
      dir: join(folder.path, 'records.db'),
      name: 'evaluated',
      quiet: true,
      captureConsole: false,
      systemMetrics: false,
      saveGit: false,
    })
    run.log({ 'confusion-matrix/test': confusionMatrix({ labels: [0, 1], predictions: [1, 1] }) }, 3)
    run.log({ 'confusion-matrix/test': confusionMatrix({ labels: [0, 1, 1], predictions: [0, 1, 1], split: 'test' }) }, 9)
    await run.finish()
    const { stdout } = await inFolder('show', 'evaluated', 'records.db')
    expect(stdout).toMatch(/confusion-matrix\/test\s+confusion-matrix\s+2\s+9\s+test: 3 of 3 right, 2 classes/)
  })

  it('names near runs when there is none of that name', async () => {
    const { stderr, exit } = await inFolder('show', 'steady-heron-2')
    expect(exit).toBe(3)
    expect(stderr).toMatch(/^lossboard: .*steady-heron-1.*\n$/)
    expect((await inFolder('show', '99')).stderr).toMatch(/no run "99": the store has 3 runs, the newest, other-project \(#\d\)/)
  })
})

describe('export', () => {
  it('writes every point to standard output, NaN and infinity too', async () => {
    const { stdout, exit } = await inFolder('export', 'broken-crane-2')
    expect(exit).toBe(0)
    expect(stdout.split('\n').filter((line) => line.includes('train/loss'))).toHaveLength(3)
    expect(stdout).toMatch(/NaN/)
    expect(stdout).toMatch(/Infinity/)
  })

  it('leaves superseded points out unless --all', async () => {
    const count = (text: string) => text.split('\n').filter((line) => /^\{.*"loss"/.test(line) && line.includes('"step"')).length
    expect(count((await inFolder('export', 'other-project', '--format', 'jsonl')).stdout)).toBe(2)
    expect(count((await inFolder('export', 'other-project', '--format', 'jsonl', '--all')).stdout)).toBe(3)
  })

  it('writes a file that appears whole, and only the metrics asked for', async () => {
    const { stdout, stderr, exit } = await inFolder('export', 'steady-heron-1', '-o', 'out.csv', '--metric', 'val/accuracy')
    expect({ stdout, exit }).toEqual({ stdout: '', exit: 0 })
    expect(stderr).toBe('steady-heron-1: 1 points written to out.csv\n')
    const text = readFileSync(join(folder.path, 'out.csv'), 'utf8')
    expect(text).toContain('val/accuracy')
    expect(text).not.toContain('train/loss')
  })

  it('writes a whole store, a project or several runs, in the format that the name says, and a folder of event files', async () => {
    const names = (text: string) => [
      ...new Set(
        text
          .trim()
          .split('\r\n')
          .slice(1)
          .map((row) => row.split(',')[1]),
      ),
    ]
    expect(names((await inFolder('export')).stdout)).toEqual(['steady-heron-1', 'broken-crane-2', 'other-project'])
    expect(names((await inFolder('export', 'lossboard.db', '--project', 'letters')).stdout)).toEqual(['other-project'])
    expect(names((await inFolder('export', '--run', 'other-project', '--run', 'aaaa0001')).stdout)).toEqual(['other-project', 'steady-heron-1'])
    expect((await inFolder('export', '-o', 'all.parquet')).stderr).toMatch(/3 runs: 9 points written to all\.parquet\n$/)
    expect(readFileSync(join(folder.path, 'all.parquet')).toString('latin1', 0, 4)).toBe('PAR1')
    expect((await inFolder('export', '-f', 'tfevents', '-o', 'logs')).exit).toBe(0)
    const imported = await inFolder('import', 'logs', '--into', 'back/again.db')
    expect(imported.stdout).toMatch(/^added 9 numbers and 0 other records of \d+ events .*: 3 new runs\n/)
    expect((await inFolder('show', 'digits/broken-crane-2', 'back/again.db')).stdout).toMatch(/failed/)
    expect((await inFolder('export', '-f', 'tfevents')).stderr).toMatch(/3 runs of format tfevents are a folder: name it with -o/)
    expect((await inFolder('export', '--project', 'leters')).stderr).toMatch(/no project "leters": did you mean letters\?/)
    expect((await inFolder('export', '-m', 'f1')).stderr).toMatch(/these 3 runs have no metric "f1": there is .*train\/loss/)
  })

  it('leaves nothing behind, and the old file in place, when it fails', async () => {
    writeFileSync(join(folder.path, 'kept.csv'), 'old')
    const unknown = await inFolder('export', 'steady-heron-1', '-o', 'kept.csv', '--metric', 'no/such')
    expect(unknown).toMatchObject({ exit: 3, stderr: expect.stringContaining('no/such') })
    expect(readFileSync(join(folder.path, 'kept.csv'), 'utf8')).toBe('old')
    mkdirSync(join(folder.path, 'taken.csv'))
    for (const output of ['no/folder/out.csv', 'taken.csv']) {
      const { stderr, exit } = await inFolder('export', 'steady-heron-1', '-o', output)
      expect(exit).toBe(2)
      expect(stderr).toMatch(/^lossboard: cannot write .*\n$/)
    }
    expect(readdirSync(folder.path).filter((name) => name.includes('.partial'))).toEqual([])
    expect(existsSync(join(folder.path, 'no'))).toBe(false)
  })
})

describe('doctor', () => {
  const examine = async (...args: string[]) => {
    const { stdout, exit } = await inFolder('doctor', '--json', ...args)
    return { exit, ...(JSON.parse(stdout) as { findings: Finding[] }) }
  }
  // The pages are not built when the quick tests run: that is a finding of its own.
  const about = (findings: Finding[], what: string) => findings.filter((finding) => finding.what === what)

  it('finds a healthy store healthy', async () => {
    const { findings } = await examine()
    for (const what of ['lossboard', 'node', 'machine', 'sqlite', 'tensorflow.js', 'store', 'integrity', 'permissions', 'write-ahead log', 'runs'])
      expect(about(findings, what).map((finding) => finding.status)).toEqual(['ok'])
    expect(about(findings, 'store')[0]?.detail).toContain('3 runs in 2 projects')
  })

  it('says of every trouble how to mend it', async () => {
    const { findings } = await examine('nowhere.db')
    expect(about(findings, 'store')).toEqual([
      { what: 'store', status: 'problem', detail: expect.stringContaining('nowhere.db'), mend: expect.any(String) },
    ])
    for (const finding of findings) if (finding.status !== 'ok') expect(finding.mend).toBeTruthy()
  })

  it('finds damage, changes nothing, and ends with exit code 1', async () => {
    const damaged = join(folder.path, 'damaged.db')
    copyFileSync(file, damaged)
    const descriptor = openSync(damaged, 'r+')
    const size = statSync(damaged).size
    writeSync(descriptor, Buffer.alloc(Math.floor(size / 3), 0xa5), 0, undefined, Math.floor(size / 2))
    const before = readFileSync(damaged)
    const { exit, findings } = await examine('damaged.db')
    expect(exit).toBe(1)
    expect(about(findings, 'integrity')).toMatchObject([{ status: 'problem', mend: expect.stringContaining('from a backup') }])
    expect(readFileSync(damaged).equals(before)).toBe(true)
  })

  it('offers no recovery of a file that is not a store', async () => {
    writeFileSync(join(folder.path, 'notes.txt'), 'no store\n')
    const { exit, findings } = await examine('notes.txt')
    expect(exit).toBe(1)
    expect(about(findings, 'store')).toMatchObject([{ status: 'problem', mend: expect.stringContaining('left as it is') }])
    expect(about(findings, 'integrity')).toEqual([])
  })

  it('checks a store in a folder that may not be written on a copy', async () => {
    const closed = join(folder.path, 'closed')
    mkdirSync(closed)
    copyFileSync(file, join(closed, 'lossboard.db'))
    chmodSync(folder.path, 0o755)
    chmodSync(closed, 0o555)
    const { stdout } = await runCli(['doctor', '--json', 'closed'], { cwd: folder.path, unprivileged: true })
    const { findings } = JSON.parse(stdout) as { findings: Finding[] }
    expect(about(findings, 'integrity')).toMatchObject([{ status: 'ok' }])
    chmodSync(closed, 0o755)
  })

  it('says which runs fell silent', async () => {
    const { findings } = await examine(await silentStore())
    expect(about(findings, 'runs')).toMatchObject([{ status: 'warning', detail: expect.stringContaining('silent for') }])
    expect((await inFolder('ls', 'silent.db')).stdout).toMatch(/ crashed /)
    expect((await inFolder('show', 'dddd0004', 'silent.db')).stdout).toMatch(/crashed: no sign of life/)
  })

  it('says that the file may not be written', async () => {
    const locked = join(folder.path, 'locked.db')
    copyFileSync(file, locked)
    chmodSync(locked, 0o444)
    chmodSync(folder.path, 0o755)
    const { stdout } = await runCli(['doctor', '--json', 'locked.db'], { cwd: folder.path, unprivileged: true })
    const { findings } = JSON.parse(stdout) as { findings: Finding[] }
    expect(about(findings, 'permissions')).toMatchObject([{ status: 'warning', mend: expect.stringContaining('chmod') }])
  })
})

async function silentStore(): Promise<string> {
  const { openStore } = await import('../../db/open.ts')
  const path = join(folder.path, 'silent.db')
  const store = await openStore(path, { mode: 'create' })
  const empty = { group: null, jobType: null, tags: [], notes: '', config: {}, environment: {}, seed: null, parentId: null, forkStep: null }
  const writer = await store.createRun({
    ...empty,
    id: 'dddd0004',
    project: 'p',
    name: null,
    startedAt: Date.now() - 3_600_000,
    writerVersion: '0.1.0',
  })
  writer.flush({ patch: { heartbeatAt: Date.now() - 3_500_000 } })
  writer.close()
  await store.close()
  return path
}
