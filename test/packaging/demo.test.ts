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
