import { expect, test } from 'vitest'
import type { StudyDefinition } from '../../../core/ablation/study.ts'
import { DEFAULT_TABLE_SETTINGS } from '../../../core/ablation/table-settings.ts'
import type { StoreUnderTest } from './make.ts'
import { newRun, WALL } from './make.ts'

export function studyDefinition(fields: Partial<StudyDefinition> = {}): StudyDefinition {
  return {
    name: 'parts',
    project: 'mnist',
    origin: 'declared',
    shape: 'star',
    metrics: [{ name: 'test/accuracy', label: null, goal: 'max', unit: '%', digits: 1, aggregate: { kind: 'last' } }],
    baseline: 'base',
    baselineReason: 'declared as base',
    variants: [
      { key: 'base', label: 'full model', changes: [], config: { lr: Number.NaN, attention: true } },
      { key: 'a', label: 'w/o attention', changes: [{ path: 'attention', from: true, to: undefined, folded: [] }], config: { lr: 1 } },
    ],
    seeds: [0, 1],
    ignored: ['seed'],
    ...fields,
  }
}

/** Studies and the runs in them. */
export function studiesContract(at: () => StoreUnderTest): void {
  test('a study comes back whole, by id and by name; saving it again replaces the definition and keeps runs and settings', async () => {
    const { store } = at()
    const made = await store.saveStudy(studyDefinition())
    await store.addStudyRuns(made.id, [{ runId: 'r1', variant: 'base', seed: 0 }])
    await store.updateStudySettings(made.id, { ...DEFAULT_TABLE_SETTINGS, spread: 'ci' })
    const again = await store.saveStudy(studyDefinition({ seeds: [7] }))
    expect(again).toMatchObject({ id: made.id, seeds: [7], createdAt: made.createdAt, runs: [{ runId: 'r1', variant: 'base', seed: 0 }] })
    expect(again.settings).toEqual({ ...DEFAULT_TABLE_SETTINGS, spread: 'ci' })
    expect(again.variants[0]?.config).toEqual({ lr: 'NaN', attention: true })
    expect(again.variants[1]?.changes[0]).toEqual({ path: 'attention', from: true, folded: [] })
    expect(await store.study(made.id)).toEqual(again)
    expect(await store.study(' parts ')).toEqual(again)
    const other = await store.saveStudy(studyDefinition({ project: 'other' }), { ...DEFAULT_TABLE_SETTINGS, spread: 'se' })
    expect(other.settings.spread).toBe('se')
    expect(other.id).not.toBe(made.id)
    expect((await store.study('parts', 'other')).id).toBe(other.id)
    await expect(store.study('parts')).rejects.toThrow(new RegExp(`2 studies are named "parts".*${made.id}`))
  })

  test('an unknown study names near ones, or those there are', async () => {
    const { store } = at()
    await expect(store.study('parts')).rejects.toThrow(/no studies yet/)
    await store.saveStudy(studyDefinition())
    await expect(store.study('part')).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('did you mean parts?') })
    await expect(store.study('quite different')).rejects.toThrow(/has parts/)
    await expect(store.study('parts', 'elsewhere')).rejects.toThrow(/project "elsewhere" has no studies/)
    const refused = { code: 'not_found' }
    await expect(store.updateStudySettings('nobody', DEFAULT_TABLE_SETTINGS)).rejects.toMatchObject(refused)
    await expect(store.addStudyRuns('nobody', [])).rejects.toMatchObject(refused)
    await expect(store.removeStudy('nobody')).rejects.toMatchObject(refused)
    await expect(store.saveStudy(studyDefinition({ name: ' ' }))).rejects.toMatchObject({ code: 'invalid_argument' })
  })

  test('a run made for a study stands in it from its first moment; runs move, leave, and stay listed when deleted', async () => {
    const { store } = at()
    const { id } = await store.saveStudy(studyDefinition())
    await store.createRun(newRun('r1', { study: { id, variant: 'base', seed: 0 } }))
    const failed = await store.createRun(newRun('r2', { study: { id, variant: 'a', seed: 0 } }))
    failed.flush({ patch: { status: 'failed', endedAt: WALL } })
    await store.createRun(newRun('r3'))
    await store.addStudyRuns(id, [
      { runId: 'r3', variant: 'a', seed: null },
      { runId: 'r1', variant: 'base', seed: 1 },
    ])
    const places = async () => (await store.study(id)).runs.map(({ runId, variant, seed }) => [runId, variant, seed])
    expect(await places()).toEqual([
      ['r1', 'base', 1],
      ['r2', 'a', 0],
      ['r3', 'a', null],
    ])
    await store.removeRuns(['r3'])
    expect((await places()).length).toBe(3)
    expect(await store.studies()).toMatchObject([
      { id, name: 'parts', variants: 2, seeds: 2, metrics: ['test/accuracy'], runs: { finished: 0, running: 1, failed: 1, deleted: 1 } },
    ])
    expect(await store.studies('elsewhere')).toEqual([])
    await store.dropStudyRuns(id, ['r3', 'r2'])
    expect(await places()).toEqual([['r1', 'base', 1]])
    const orphan = store.createRun(newRun('r4', { study: { id: 'nobody', variant: 'base', seed: 0 } }))
    await expect(orphan).rejects.toMatchObject({ code: 'invalid_argument' })
    expect(await store.run('r4')).toBeNull()
  })

  test('changes tell of studies made, changed and removed, and of nothing else', async () => {
    const { store, another } = at()
    const other = await another()
    const { id } = await store.saveStudy(studyDefinition())
    const { rev } = await other.changes(0)
    expect((await other.changes(0)).studies).toEqual([{ id, rev, project: 'mnist' }])
    expect((await other.changes(rev)).studies).toEqual([])
    const writer = await store.createRun(newRun('r1', { study: { id, variant: 'base', seed: 0 } }))
    expect((await other.changes(rev)).studies.map((study) => study.id)).toEqual([id])
    const later = (await other.changes(0)).rev
    writer.flush({ patch: { status: 'finished' } })
    expect((await other.changes(later)).studies).toEqual([])
    await store.removeStudy(id)
    expect(await other.changes(later)).toMatchObject({ studies: [], removedStudies: [id], removed: [] })
    expect((await store.run('r1'))?.status).toBe('finished')
    expect(await store.studies()).toEqual([])
  })

  test('someone else can say how a killed run ended, but not overrule what it said itself', async () => {
    const { store } = at()
    await store.createRun(newRun('killed'))
    const said = await store.createRun(newRun('said'))
    said.flush({ patch: { status: 'finished', endedAt: WALL + 1 } })
    const end = { status: 'failed', reason: 'exit code 3: no GPU', endedAt: WALL + 9 } as const
    expect(await store.endRun('killed', end)).toMatchObject({ status: 'failed', statusReason: 'exit code 3: no GPU', endedAt: WALL + 9 })
    expect(await store.endRun('said', end)).toMatchObject({ status: 'finished', statusReason: null, endedAt: WALL + 1 })
    await expect(store.endRun('nobody', end)).rejects.toMatchObject({ code: 'not_found' })
  })
}
