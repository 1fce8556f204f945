import { expect, it } from 'vitest'
import { tempFolder } from '../../fixtures/temp-folder.ts'
import { withStore } from './import-folder.ts'
import { importPath, plain, sourceFixture, storedRuns } from './import-path.ts'

it('trackio: a database is a project; config, group, numbers, text and alerts of each run', async () => {
  await using folder = tempFolder()
  const report = await importPath('trackio', sourceFixture('trackio'), folder.store)
  expect(report).toMatchObject({ newRuns: 2, project: 'spirals', points: 25, records: 2, superseded: 1 })
  const { baseline, second } = await storedRuns(folder.store)
  expect(baseline!.run).toMatchObject({
    project: 'spirals',
    group: 'first',
    status: 'finished',
    config: { lr: 0.01, layers: [64, 64], optimizer: { name: 'adam' } },
  })
  expect(plain(baseline!.lines['train/loss'])).toEqual(Array.from({ length: 10 }, (_, step) => [step, step === 3 ? 0.5 : 1 / (step + 1)]))
  expect(plain(baseline!.lines.odd)).toEqual([
    [10, Number.NaN],
    [11, Number.POSITIVE_INFINITY],
    [12, Number.NEGATIVE_INFINITY],
  ])
  expect(plain(baseline!.lines['nested/a'])).toHaveLength(10)
  expect(plain(second!.lines['train/loss'])).toEqual([[0, 2]])
  await withStore(folder.store, async (store) =>
    expect((await store.records({ runId: baseline!.run.id })).map(({ name, kind, step }) => [name, kind, step])).toEqual([
      ['remark', 'text', 12],
      ['finding/loss-is-low', 'finding', 12],
    ]),
  )
  expect((await importPath('trackio', sourceFixture('trackio', 'spirals.db'), folder.store)).added.points).toBe(0)
})
