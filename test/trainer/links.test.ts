import { describe, expect, it } from 'vitest'
import { checkpoint, init, type LinkOptions } from '../../trainer/index.ts'
import { withEnvironment } from '../../trainer/options.ts'
import { Pending } from '../../trainer/worker/pending.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { withStore } from './fixtures/stored-run.ts'

const QUIET = { quiet: true, captureConsole: false, systemMetrics: false, saveGit: false } as const
const hash = 'ab'.repeat(32)

describe('run.link', () => {
  it('ties runs by id, name or run, and tells of one that is not there without stopping the rest', async () => {
    await using folder = await tempFolder()
    const teacher = init({ ...QUIET, dir: folder.path, name: 'teacher-1' })
    await teacher.finish()
    const student = init({ ...QUIET, dir: folder.path })
    student.link(teacher, { role: 'checkpoint', step: 4, hash, detail: { layers: ['a'], loss: Number.NaN } })
    student.link('nobody-at-all', { role: 'member' })
    student.link('teacher-1', { role: 'member' })
    student.log({ loss: 1 })
    expect(await student.finish()).toBe(true)
    await withStore(folder.path, async (store) => {
      expect((await store.links(student.id)).to).toMatchObject([
        { role: 'checkpoint', run: { id: teacher.id, name: 'teacher-1' }, step: 4, hash, detail: { layers: ['a'], loss: 'NaN' } },
        { role: 'member', run: { id: teacher.id }, step: null, hash: null, detail: {} },
      ])
      expect(await store.run(student.id)).toMatchObject({ status: 'finished' })
      expect((await store.series(student.id))[0]).toMatchObject({ name: 'loss', n: 1 })
    })
  })

  it.each<[string, unknown, unknown, RegExp]>([
    ['no run', 7, { role: 'member' }, /must be an id, a name or a run, got 7/],
    ['no options', 'x', undefined, /give \{ role/],
    ['an odd role', 'x', { role: 'friend' }, /role must be "checkpoint" or "member", got .*friend/],
    ['a mistyped key', 'x', { role: 'member', stepp: 1 }, /did you mean "step"/],
    ['a broken step', 'x', { role: 'member', step: 0.5 }, /whole number/],
    ['a short hash', 'x', { role: 'member', hash: 'abc' }, /64 hexadecimal digits/],
  ])('refuses %s', (_, target, options, message) => {
    const run = init({ mode: 'disabled' })
    expect(() => run.link(target as string, options as LinkOptions)).toThrow(message)
  })
})

describe('run.pruneRecords', () => {
  it('gives up the bytes of what was logged before it, and not of what comes after', async () => {
    await using folder = await tempFolder()
    const run = init({ ...QUIET, dir: folder.path })
    const save = (step: number, byte: number) => run.log({ weights: checkpoint(Uint8Array.of(byte), { step }) }, step)
    save(1, 1)
    save(2, 2)
    run.pruneRecords('weights', [1, 2])
    save(2, 3)
    expect(await run.finish()).toBe(true)
    await withStore(folder.path, async (store) => {
      const records = await store.records({ runId: run.id, name: 'weights' })
      expect(records.map(({ step, blobHash, payload }) => [step, blobHash !== null, (payload as { pruned: boolean }).pruned])).toEqual([
        [1, false, true],
        [2, false, true],
        [2, true, false],
      ])
    })
  })

  it('refuses what is no list of steps', () => {
    const run = init({ mode: 'disabled' })
    expect(() => run.pruneRecords('weights', 3 as never)).toThrow(/array of steps, got 3/)
    expect(() => run.pruneRecords('weights', [0.5])).toThrow(/whole number/)
    expect(() => run.pruneRecords('', [1])).toThrow()
  })

  it('keeps its place between the records that wait', () => {
    const pending = new Pending()
    const note = (step: number) => ({ name: 'n', kind: 'text', step, wall: 0, payload: null })
    pending.addRecords([note(1), note(2)])
    pending.addPruning([{ name: 'n', steps: [1] }])
    pending.addRecords([note(1)])
    pending.addPruning([{ name: 'n', steps: [2] }])
    const taken: unknown[] = []
    for (let batch = pending.batch(); batch; batch = pending.batch()) {
      taken.push([batch.records?.map(({ step }) => step), batch.prune?.map(({ steps }) => steps)])
      pending.forget(batch)
    }
    expect(taken).toEqual([
      [[1, 2], [[1]]],
      [[1], [[2]]],
    ])
    expect(pending.isEmpty).toBe(true)
  })
})

describe('the environment of a cell', () => {
  it('completes the config, and gives seed and place where the script does not', () => {
    const environment = {
      LOSSBOARD_CONFIG: '{"lr":0.1,"model":{"norm":"batch"}}',
      LOSSBOARD_SEED: '3',
      LOSSBOARD_STUDY: '{"id":"s1","variant":"without/a","seed":3}',
    } as unknown as NodeJS.ProcessEnv
    expect(withEnvironment({ config: { lr: 1, own: true } }, environment)).toEqual({
      config: { lr: 1, own: true, model: { norm: 'batch' } },
      seed: 3,
      study: { id: 's1', variant: 'without/a', seed: 3 },
    })
    expect(withEnvironment({ seed: 9 }, environment)).toMatchObject({ seed: 9, config: { lr: 0.1 } })
  })

  it.each([
    ['LOSSBOARD_CONFIG', 'lr=1', /LOSSBOARD_CONFIG must be an object, got .*lr=1/],
    ['LOSSBOARD_SEED', '1.5', /LOSSBOARD_SEED must be a whole number/],
    ['LOSSBOARD_STUDY', '{"id":"x"}', /LOSSBOARD_STUDY needs variant/],
  ])('says which variable is wrong: %s', (variable, text, message) => {
    expect(() => withEnvironment({}, { [variable]: text } as unknown as NodeJS.ProcessEnv)).toThrow(message)
  })

  it('puts the run into the study, and refuses a study that is not there', async () => {
    await using folder = await tempFolder()
    expect(() => init({ ...QUIET, dir: folder.path, study: { id: 'nobody', variant: 'base' } })).toThrow(/study "nobody"/)
  })
})
