import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { histogram, type InitOptions, image, init, isLossboardError, LossboardError, text, track } from '../../trainer/index.ts'
import { type TempFolder, tempFolder } from '../fixtures/temp-folder.ts'
import { readRun, readRuns } from './fixtures/stored-run.ts'

const QUIET = { quiet: true, captureConsole: false, systemMetrics: false, saveGit: false } as const

let folder: TempFolder
beforeEach(() => {
  folder = tempFolder()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await folder[Symbol.asyncDispose]()
})

/** What a call is refused with. */
function refusal(call: () => unknown): { code: string; message: string } {
  try {
    call()
  } catch (error) {
    if (isLossboardError(error)) {
      expect(error.message).not.toContain('\n')
      return { code: error.code, message: error.message }
    }
    throw error
  }
  throw new Error('the call was not refused')
}

/** As plain JavaScript would call it. */
const initAnything = (options: unknown) => init(options as InitOptions)

describe('options', () => {
  const WRONG: [options: unknown, message: string][] = [
    [{ projct: 'x' }, 'unknown option "projct": did you mean "project"?'],
    [{ Tags: [] }, 'did you mean "tags"?'],
    [{ learningRateSchedule: 1 }, 'the options are project, name, config'],
    [{ project: '' }, 'option project must be a text of 1 to 250 characters, got the string ""'],
    [{ project: 3 }, 'option project must be a text of 1 to 250 characters, got 3'],
    [{ tags: 'baseline' }, 'option tags must be an array'],
    [{ tags: ['a', 1] }, 'option tags must be an array'],
    [{ config: [1] }, 'option config must be an object, got an array of 1'],
    [{ config: { model: { fn: () => 1 } } }, 'config.model.fn is a function'],
    [{ config: { big: 10n } }, 'config.big is the bigint 10n'],
    [{ config: { when: new Map() } }, 'config.when is a Map'],
    [{ config: { update: 1 } }, 'config.update cannot be a key'],
    [{ seed: 0.5 }, 'option seed must be a whole number, got 0.5'],
    [{ mode: 'on' }, 'option mode must be "online", "offline" or "disabled", got the string "on"'],
    [{ id: 'a/b' }, 'option id must be 1 to 64 letters, digits, - and _'],
    [{ resume: 'always', id: 'x' }, 'option resume must be "never", "allow", "must", true or false'],
    [{ resume: true }, 'resume needs to know which run'],
    [{ forkFrom: 'x' }, 'option forkFrom must be an object'],
    [{ forkFrom: { run: 'x', steps: 1 } }, 'has an unknown key "steps"'],
    [{ forkFrom: { run: 'x', step: 1.5 } }, 'needs step: the first step of the new run, a whole number, got 1.5'],
    [{ forkFrom: { run: 'x', step: 1 }, id: 'y', resume: true }, 'give one of them'],
    [{ captureConsole: 'no' }, 'option captureConsole must be true or false'],
    ['x', 'options must be an object, got the string "x"'],
  ]
  for (const [options, message] of WRONG) {
    it(`are refused: ${message}`, () => {
      const { code, message: said } = refusal(() => initAnything(options))
      expect(code).toBe('invalid_option')
      expect(said).toContain(message)
    })
  }

  it('of the environment are checked as well, by the name of their variable', () => {
    vi.stubEnv('LOSSBOARD_MODE', 'sometimes')
    expect(refusal(() => init({ dir: folder.store })).message).toContain('LOSSBOARD_MODE must be "online", "offline" or "disabled"')
  })

  it('refuse a config that contains itself', () => {
    const config: Record<string, unknown> = { lr: 1 }
    config.self = { config }
    expect(refusal(() => initAnything({ config })).message).toContain('config.self.config contains itself')
  })
})

describe('a store that can never take the run', () => {
  it('is told by init: the folder is not writable', () => {
    const locked = join(folder.path, 'locked')
    mkdirSync(locked)
    writeFileSync(join(folder.path, 'file'), '')
    chmodSync(locked, 0o500)
    // Root may write anywhere: a file where a folder is needed stands in for missing permission there.
    const dir = process.getuid?.() === 0 ? join(folder.path, 'file', 'deeper') : locked
    expect(refusal(() => init({ ...QUIET, dir })).code).toBe('store_not_writable')
  })

  it('is told by init: the file is something else, which stays as it was', async () => {
    const path = join(folder.path, 'notes.db')
    writeFileSync(path, 'dear diary, '.repeat(100))
    const { code, message } = refusal(() => init({ ...QUIET, dir: path }))
    expect(code).toBe('not_a_store')
    expect(message).toContain(path)
    const database = join(folder.path, 'other.db')
    new Database(database).exec('create table t (x)').close()
    expect(refusal(() => init({ ...QUIET, dir: database })).code).toBe('not_a_store')
    await expect(track({ ...QUIET, dir: database }, () => expect.unreachable())).rejects.toMatchObject({ code: 'not_a_store' })
  })

  it('is told by init: a newer version wrote it', async () => {
    await init({ ...QUIET, dir: folder.store }).finish()
    const database = new Database(folder.store)
    database.pragma('user_version = 9999')
    database.close()
    expect(refusal(() => init({ ...QUIET, dir: folder.store })).code).toBe('store_newer')
  })
})

describe('ids', () => {
  it('of a run that exists are refused unless it is to be resumed', async () => {
    await init({ ...QUIET, dir: folder.store, id: 'first' }).finish()
    const { code, message } = refusal(() => init({ ...QUIET, dir: folder.store, id: 'first' }))
    expect(code).toBe('invalid_option')
    expect(message).toContain('run "first" exists already')
  })

  it('of a run that must be resumed and is not there are refused, and so is a fork of nothing', () => {
    expect(refusal(() => init({ ...QUIET, dir: folder.store, id: 'gone', resume: 'must' }))).toMatchObject({ code: 'not_found' })
    expect(refusal(() => init({ ...QUIET, dir: folder.store, forkFrom: { run: 'gone', step: 1 } }))).toMatchObject({ code: 'not_found' })
  })
})

describe('log', () => {
  const WRONG: [call: string, values: unknown, step: unknown, code: string, message: string][] = [
    ['a text', { loss: 'high' }, 0, 'invalid_value', 'log text with text(…)'],
    ['a number as text', { loss: '0.5' }, 0, 'invalid_value', 'give a number, Number("0.5")'],
    ['undefined', { loss: undefined }, 0, 'invalid_value', '"loss" is undefined: leave the name out'],
    ['null', { train: { loss: null } }, 0, 'invalid_value', '"train/loss" is null'],
    ['a bigint', { loss: 1n }, 0, 'invalid_value', 'Number(value)'],
    ['an array', { loss: [1, 2] }, 0, 'invalid_value', 'histogram(…)'],
    ['a typed array', { loss: new Float32Array(2) }, 0, 'invalid_value', 'histogram(…)'],
    [
      'a tensor',
      {
        loss: new (class Tensor {
          dataSync() {}
        })(),
      },
      0,
      'invalid_value',
      '(await tensor.data())[0]',
    ],
    ['a date', { loss: new Date() }, 0, 'invalid_value', '"loss" is a Date'],
    ['no object', 0.5, 0, 'invalid_value', 'log takes an object'],
    ['nothing', null, 0, 'invalid_value', 'log takes an object'],
    ['a bad name', { 'loss[0]': 1 }, 0, 'invalid_metric_name', 'for example "loss_0_"'],
    ['a bad nested name', { train: { 'lo:ss': 1 } }, 0, 'invalid_metric_name', '"train/lo:ss" contains ":"'],
    ['an empty name', { '': 1 }, 0, 'invalid_metric_name', 'empty'],
    ['a long name', { ['x'.repeat(251)]: 1 }, 0, 'invalid_metric_name', '251 characters'],
    ['a bad record name', { 'a?': text('x') }, 0, 'invalid_metric_name', '"?"'],
    ['half a step', { loss: 1 }, 0.5, 'invalid_step', 'count steps in whole numbers'],
    ['NaN as step', { loss: 1 }, Number.NaN, 'invalid_step', 'got NaN'],
    ['a step as text', { loss: 1 }, '3', 'invalid_step', 'got the string "3"'],
    ['an unsafe step', { loss: 1 }, 2 ** 53, 'invalid_step', 'whole number'],
  ]

  it('refuses what it cannot keep, each with its reason, and stores nothing of those calls', async () => {
    const run = init({ ...QUIET, dir: folder.store })
    const log = run.log.bind(run) as (values: unknown, step: unknown) => void
    for (const [call, values, step, code, message] of WRONG) {
      const wrong = typeof values === 'object' && values !== null ? { good: 1, ...values } : values
      const said = refusal(() => log(wrong, step))
      expect(said.code, call).toBe(code)
      expect(said.message, call).toContain(message)
    }
    expect(run.nextStep).toBe(0)
    run.log({ good: 2 })
    await run.finish()
    const { points, records } = await readRun(folder.store, run.id)
    expect([...points]).toEqual([['good', { step: [0], value: [2] }]])
    expect(records).toEqual([])
  })

  it('and everything else refuses to go on after the end', async () => {
    const run = init({ ...QUIET, dir: folder.store })
    const loss = run.metric('loss')
    await run.finish()
    for (const call of [() => run.log({ loss: 1 }), () => loss(1), () => run.defineMetric('loss', {}), () => run.summary.update({ a: 1 })])
      expect(refusal(call).code).toBe('run_finished')
    expect(await run.finish()).toBe(true)
  })
})

describe('other calls', () => {
  it('refuse wrong arguments with a reason', async () => {
    const run = init({ ...QUIET, dir: folder.store })
    const anything = run as unknown as { defineMetric(pattern: unknown, rule: unknown): void; finish(options: unknown): Promise<boolean> }
    expect(refusal(() => run.metric('a:b'))).toMatchObject({ code: 'invalid_metric_name' })
    expect(refusal(() => (run.metric('a') as (value: unknown) => void)('1'))).toMatchObject({ code: 'invalid_value' })
    expect(refusal(() => anything.defineMetric('val/*', { gaol: 'max' })).message).toContain('did you mean "goal"?')
    expect(refusal(() => anything.defineMetric('val/*', { goal: 'up' })).message).toContain('goal must be "min" or "max"')
    expect(refusal(() => anything.defineMetric('val?', {})).code).toBe('invalid_metric_name')
    expect(refusal(() => anything.defineMetric(/val/, {})).code).toBe('invalid_option')
    expect(refusal(() => run.config.update({ f: Symbol('x') })).message).toContain('config.f is a symbol')
    await expect(anything.finish({ status: 'done' })).rejects.toMatchObject({ code: 'invalid_option' })
    await run.finish()
    expect((await readRuns(folder.store)).map(({ status }) => status)).toEqual(['finished'])
  })

  it('refuse values no record can hold', () => {
    const wrong: [() => unknown, string][] = [
      [() => histogram([1, '2'] as never), 'values[1] must be a number'],
      [() => histogram(5 as never), 'expected an array of numbers, got 5'],
      [() => histogram([1], { edges: [1, 1] }), 'edges must increase'],
      [() => histogram([1], { edges: [1] }), 'at least one bin'],
      [() => histogram({ layout: 'log10-ratio', counts: [1] } as never), 'nonFinite must be a count'],
      [() => image(new Uint8Array(10)), 'no PNG, JPEG, GIF or WebP'],
      [() => image({ width: 2, height: 2, data: [1, 2, 3] }), '2×2 pixels need 4 numbers per channel'],
      [() => image({ width: 0, height: 2, data: [] }), 'width must be a whole number'],
      [() => image('cat.png' as never), 'expected the bytes of an image file'],
      [() => text(5 as never), 'text must be a string, got 5'],
    ]
    for (const [call, message] of wrong) {
      const said = refusal(call)
      expect(said.code).toBe('invalid_value')
      expect(said.message).toContain(message)
    }
    expect(refusal(() => histogram([1], { bins: 0 })).message).toContain('bins must be a whole number from 1')
    expect(() => text('x', { format: 'html' as never })).toThrow(LossboardError)
  })
})
