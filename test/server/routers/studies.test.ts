import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_TABLE_SETTINGS } from '../../../core/ablation/table-settings.ts'
import { ACCURACY, ablationRuns, trainedRun } from '../study-runs.ts'
import { type Callable, callable } from './call.ts'

let server: Callable
let runIds: string[]

beforeEach(async () => {
  server = await callable()
  runIds = await ablationRuns(server.store)
})
afterEach(() => server.remove())

const input = () => ({ name: 'What parts are worth', project: 'test', runIds, metrics: [ACCURACY], baseline: null })

describe('a study of existing runs', () => {
  it('is previewed with its numbers without being written', async () => {
    const { definition, result } = await server.call.studies.preview(input())
    expect(definition.shape).toBe('star')
    expect(definition.variants.map(({ label }) => label)).toEqual(expect.arrayContaining(['w/o attention', 'w/o dropout']))
    expect(result.cells.map(({ summary }) => (summary.defined ? summary.n : 0))).toEqual([5, 5, 5])
    expect(await server.call.studies.list()).toEqual([])
  })

  it('is created, listed and read by name', async () => {
    const study = await server.call.studies.create(input())
    expect(await server.call.studies.list({ project: 'test' })).toMatchObject([
      { id: study.id, name: 'What parts are worth', variants: 3, runs: { finished: 15 } },
    ])
    const { result } = await server.call.studies.get({ id: 'What parts are worth' })
    const worse = result.comparisons.find(({ variant }) => result.variants.find(({ key }) => key === variant)?.label === 'w/o attention')
    expect(worse?.difference).toMatchObject({ defined: true, better: 'worse' })
  })

  it('is refused under a name that is taken, and with a run that is not there', async () => {
    await server.call.studies.create(input())
    await expect(server.call.studies.create(input())).rejects.toThrow(/has a study "What parts are worth" already/)
    await expect(server.call.studies.preview({ ...input(), runIds: [...runIds, 'gone'] })).rejects.toThrow(/not in the store: gone/)
  })

  it('takes overrides of the settings for one question, and keeps saved ones', async () => {
    const { id } = await server.call.studies.create(input())
    expect((await server.call.studies.get({ id, settings: { correction: 'none' } })).result.correction).toBe('none')
    expect((await server.call.studies.get({ id })).settings).toEqual(DEFAULT_TABLE_SETTINGS)
    await server.call.studies.saveSettings({ id, settings: { ...DEFAULT_TABLE_SETTINGS, spread: 'se' } })
    expect((await server.call.studies.get({ id })).settings.spread).toBe('se')
  })

  it('changes with its runs and its baseline', async () => {
    const { id } = await server.call.studies.create(input())
    const more = await trainedRun(server.store, { seed: 5, lr: 0.1, attention: true, dropout: true }, 0.95)
    const changed = await server.call.studies.change({ id, runIds: [...runIds.slice(5), more], baseline: more })
    expect(changed.runs).toHaveLength(11)
    const { result } = await server.call.studies.get({ id })
    expect(result.variants.find(({ isBaseline }) => isBaseline)?.seeds).toEqual([5])
  })

  it('keeps the keys that were chosen to be left out when its runs change', async () => {
    const { id } = await server.call.studies.create({ ...input(), ignore: ['seed', 'dropout'] })
    const { variants } = await server.call.studies.change({ id, runIds: runIds.slice(0, 14) })
    expect(variants).toHaveLength(2)
  })

  it('says that a run was deleted since, and leaves it out of no number silently', async () => {
    const { id } = await server.call.studies.create(input())
    const before = await server.call.studies.get({ id })
    await server.call.runs.remove({ ids: [runIds[0] as string] })
    const { result } = await server.call.studies.get({ id })
    expect(before.result.checklist.runs.deleted).toBe(0)
    expect(result.checklist.runs.deleted).toBe(1)
    expect(result.warnings.map(({ code }) => code)).toContain('run-deleted')
  })

  it('sees a new value of a run at once', async () => {
    const { id } = await server.call.studies.create(input())
    await server.call.studies.get({ id })
    const writer = await server.store.resumeRun(runIds[0] as string, { forkStep: null, startedAt: Date.now(), environment: {} })
    writer.flush({
      points: {
        names: ['test/accuracy'],
        series: new Uint32Array(1),
        step: Float64Array.of(9),
        wall: Float64Array.of(1),
        value: Float64Array.of(0.5),
      },
      patch: { status: 'finished' },
    })
    writer.close()
    const { result } = await server.call.studies.get({ id })
    expect(result.cells.flatMap(({ values }) => values).find(({ runId }) => runId === runIds[0])?.value).toBe(0.5)
  })

  it('goes, and its runs stay', async () => {
    const { id } = await server.call.studies.create(input())
    await server.call.studies.remove({ id })
    expect(await server.call.studies.list()).toEqual([])
    expect((await server.call.runs.overview({ metrics: [] })).runs).toHaveLength(15)
    await expect(server.call.studies.get({ id })).rejects.toThrow(/no study/i)
  })
})

it('suggests test metrics first, with their goal and unit', async () => {
  const [first] = await server.call.studies.metrics({ runIds })
  expect(first).toMatchObject({ runs: 15, metric: { name: 'test/accuracy', goal: 'max', unit: '%' } })
})

it('names the bad field of wrong settings', async () => {
  const { id } = await server.call.studies.create(input())
  await expect(server.call.studies.get({ id, settings: { alpha: 2 } })).rejects.toThrow(/alpha/)
})
