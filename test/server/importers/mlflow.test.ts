import { describe, expect, it } from 'vitest'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { stored, withStore } from './import-folder.ts'
import { importPath, plain, sourceFixture, storedRuns } from './import-path.ts'

describe.each(['mlruns', 'mlflow.db'])('MLflow, %s', (name) => {
  it('takes experiments as projects, parameters, tags, status, and children as members of their parents', async () => {
    await using folder = tempFolder()
    const report = await importPath('mlflow', sourceFixture('mlflow', name), folder.store)
    expect(report).toMatchObject({ newRuns: 3, project: 'spirals', points: 29, superseded: 2 })
    const runs = await storedRuns(folder.store)
    expect(runs['lr=0.1']!.run).toMatchObject({
      project: 'spirals',
      status: 'finished',
      startedAt: 1_700_000_001_000,
      endedAt: 1_700_000_030_000,
      group: 'sweep',
      tags: ['stage:first'],
      // What is written like a number is one; 007 and lists are not.
      config: { lr: 0.1, optimizer: 'adam', layers: '[64, 64]', zip: '007' },
      environment: { command: 'train.py', git: { commit: '0123456789abcdef' } },
    })
    expect(runs.sweep!.run.notes).toBe('all of it')
    expect(runs.broken!.run).toMatchObject({ status: 'failed', endedAt: 1_700_000_051_000 })
    await withStore(folder.store, async (store) =>
      expect((await store.links(runs.sweep!.run.id)).to.map(({ role, run }) => [role, run.name])).toEqual([['member', 'lr=0.1']]),
    )
  })

  it('takes every number with its time, the last of a step being shown and all being kept, and says what is left out', async () => {
    await using folder = tempFolder()
    const report = await importPath('mlflow', sourceFixture('mlflow', name), folder.store)
    const { lines } = (await storedRuns(folder.store))['lr=0.1']!
    expect(lines['train/loss']).toEqual([
      ...Array.from({ length: 19 }, (_, step) => [step, 1_700_000_001_000 + 500 * step, 1 / (step + 1)]),
      [19, 1_700_000_020_000, 0.25],
    ])
    // MLflow's database has no −0 and no infinity.
    const minusZero = name === 'mlruns' ? -0 : 0
    expect(plain(lines.odd)).toEqual(
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, minusZero, 5e-324].map((value, step) => [step, value]),
    )
    expect(plain(lines.same)).toEqual([[0, 2]])
    await withStore(folder.store, async (store) => expect(await stored(store, 'lr=0.1', 'train/loss')).toBe(21))
    const reasons = report.notes.map(({ reason }) => reason)
    expect(reasons).toContain('1 deleted run: not imported')
    expect(reasons.some((reason) => /artifact/.test(reason))).toBe(true)
    if (name === 'mlflow.db') expect(reasons).toContain("odd: 1.7976931348623157e+308 is how MLflow's database keeps Infinity")
  })

  it('again adds nothing and changes no revision', async () => {
    await using folder = tempFolder()
    await importPath('mlflow', sourceFixture('mlflow', name), folder.store)
    const rev = () => withStore(folder.store, async (store) => (await store.overview({}, [])).rev)
    const before = await rev()
    expect((await importPath('mlflow', sourceFixture('mlflow', name), folder.store)).added.points).toBe(0)
    expect(await rev()).toBe(before)
  })
})
