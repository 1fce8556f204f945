import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ended, outputOf, runCli, startCli } from '../cli/run-cli.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'

let folder: TempFolder
beforeEach(() => {
  folder = tempFolder()
})
afterEach(() => folder[Symbol.asyncDispose]())

interface ListedRun {
  name: string
  status: string
  statusReason: string | null
  metrics: Record<string, { n: number; last: number | string }>
}

async function listRuns(): Promise<ListedRun[]> {
  return JSON.parse((await runCli(['ls', '--json'], { cwd: folder.path, built: true })).stdout) as ListedRun[]
}

describe('lossboard demo', () => {
  it('serves the dashboard while it trains, then prints the accuracies and ends', async () => {
    const demo = startCli(['demo', '--exit', '--seconds', '20', '--port', '0', '--no-open'], { cwd: folder.path, built: true })
    const end = ended(demo)
    const url = await outputOf(demo, /http:\/\/\S+/)
    expect((await fetch(url)).status).toBe(200)
    await outputOf(demo, /training \d+ networks/)
    expect((await fetch(new URL('/api/health', url))).status).toBe(200)
    const { stdout, exit } = await end
    expect(exit).toBe(0)
    expect(stdout).toMatch(/TEST ACCURACY/)
    const runs = await listRuns()
    expect(runs.length).toBeGreaterThanOrEqual(6)
    for (const run of runs) {
      expect(stdout).toContain(run.name)
      expect(run.status).toBe('finished')
      for (const metric of ['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy', 'lr', 'epoch'])
        expect(run.metrics[metric]?.n, `${metric} of ${run.name}`).toBeGreaterThan(0)
    }
  })

  it('stops on Ctrl-C: exit code 130, and what was trained is kept and marked interrupted', async () => {
    const demo = startCli(['demo', '--no-serve'], { cwd: folder.path, built: true })
    const end = ended(demo)
    await outputOf(demo, /training \d+ networks/)
    await expect.poll(async () => (await listRuns())[0]?.metrics['train/loss']?.n ?? 0, { timeout: 30_000 }).toBeGreaterThan(0)
    demo.kill('SIGINT')
    expect(await end).toMatchObject({ exit: 130, stderr: expect.stringContaining('interrupted') })
    expect((await listRuns()).at(-1)).toMatchObject({ status: 'interrupted' })
  })
})

it('the demo refuses a file that is not a store before it trains', async () => {
  const path = join(folder.path, 'notes.db')
  writeFileSync(path, 'these are my notes, '.repeat(100))
  const { stderr, stdout, exit } = await runCli(['demo', '--exit', '--no-open', path], { cwd: folder.path, built: true })
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 4 })
  expect(stderr).toMatch(/^lossboard: .*notes\.db.*\n$/)
})

describe('lossboard demo --ablation', () => {
  it('is stopped by Ctrl-C, goes on with the same command, shows the study meanwhile, and prints its table', { timeout: 600_000 }, async () => {
    const words = ['demo', '--ablation', '--seconds', '20']
    const first = startCli([...words, '--no-serve'], { cwd: folder.path, built: true })
    const firstEnd = ended(first)
    await outputOf(first, /1[01] left/)
    first.kill('SIGINT')
    expect(await firstEnd).toMatchObject({ exit: 130, stderr: expect.stringContaining('the same command goes on') })
    const finished = (await listRuns()).filter(({ status }) => status === 'finished').length
    expect(finished).toBeGreaterThan(0)
    expect(finished).toBeLessThan(12)

    const second = startCli([...words, '--exit', '--port', '0', '--no-open'], { cwd: folder.path, built: true })
    const secondEnd = ended(second)
    const url = await outputOf(second, /http:\/\/\S+/)
    await outputOf(second, /\d+ finished.*to run/)
    expect((await fetch(new URL('/ablations', url))).status).toBe(200)
    const { stdout, stderr, exit } = await secondEnd
    expect(exit).toBe(0)
    expect(stderr).toMatch(/note: time for 2 seeds instead of 5/)
    expect(stderr).toMatch(/12 of 12 cells finished/)
    for (const row of ['full model', 'w/o batch norm', 'w/o dropout', 'w/o augmentation', 'w/o residual links', 'w/o cosine schedule'])
      expect(stdout).toContain(row)
    const [command] = /npx lossboard table .*/.exec(stdout) ?? []
    const [, name] = /table "(.*)" lossboard\.db/.exec(command ?? '') ?? []
    const { stdout: latex } = await runCli(['table', name ?? '', 'lossboard.db', '--format', 'latex'], { cwd: folder.path, built: true })
    expect(latex).toMatch(/\\begin\{tabular\}[\s\S]*w\/o residual links/)
  })
})
