import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalSetting } from '../../../core/ablation/canonical-setting.ts'
import { type FindStudyOptions, findStudy } from '../../../core/ablation/find-study.ts'
import { foldedChanges } from '../../../core/ablation/folded-changes.ts'
import type { FindableRun } from '../../../core/ablation/group-variants.ts'
import { IGNORED_KEYS, isIgnored } from '../../../core/ablation/ignored-keys.ts'
import { flattenConfig } from '../../../core/config-diff.ts'
import type { JsonObject } from '../../../core/run.ts'

const SEEDS = [0, 1, 2]

/** Runs of every config with every seed, in this order, each with paths and names of its own. */
function runsOf(configs: JsonObject[], seeds = SEEDS): FindableRun[] {
  let at = 0
  return configs.flatMap((config) =>
    seeds.map((seed): FindableRun => {
      at++
      return { id: `r${at}`, config: { ...config, seed, name: `run ${at}`, out_dir: `/runs/${at}` }, seed: null, tags: [], startedAt: at }
    }),
  )
}

const find = (runs: readonly FindableRun[], more: Partial<FindStudyOptions> = {}) =>
  findStudy(runs, { name: 's', project: 'p', metrics: [], ...more })

function rows(configs: JsonObject[], more: Partial<FindStudyOptions> = {}) {
  const { definition } = find(runsOf(configs), more)
  return { shape: definition.shape, labels: definition.variants.map(({ key, label }) => (key === definition.baseline ? `*${label}` : label)) }
}

const full = { model: { attention: { heads: 8, size: 64 }, norm: 'batch', dropout: 0.25 }, lr: 1e-3 }
const model = (change: JsonObject): JsonObject => ({ ...full, model: { ...full.model, ...change } })

describe('shapes', () => {
  test('star: each variant takes one part out, a part with all its settings', () => {
    expect(rows([full, model({ attention: false }), model({ norm: 'none' }), model({ dropout: 0 }), { ...full, lr: 1e-2 }])).toEqual({
      shape: 'star',
      labels: ['*baseline', 'lr: 0.001 → 0.01', 'w/o attention', 'w/o dropout', 'w/o norm'],
    })
  })

  test('star with a variant that changes two things is still a star', () => {
    const found = find(runsOf([full, model({ attention: false }), model({ norm: 'none' }), model({ norm: 'none', dropout: 0 })]))
    expect(found.definition.shape).toBe('star')
    expect(found.definition.variants.map(({ changes }) => changes.length)).toEqual([0, 1, 1, 2])
  })

  const bare = { a: false, b: 'none', c: { enabled: false } }
  const c = { enabled: true, heads: 4 }

  test('add-one-in, and its switch folds what it switches on', () => {
    expect(rows([bare, { ...bare, a: true }, { ...bare, b: 'batch' }, { ...bare, c }])).toEqual({
      shape: 'add-one-in',
      labels: ['*base', '+ a', '+ b batch', '+ c'],
    })
  })

  test('chain, in whatever order it was trained', () => {
    const steps = [{ ...bare, a: true, b: 'batch', c }, bare, { ...bare, a: true, b: 'batch' }, { ...bare, a: true }]
    expect(rows(steps)).toEqual({ shape: 'chain', labels: ['*base', '+ a', '+ b batch', '+ c'] })
  })

  test('three in a row are a chain when parts are added, a star when the middle one has the fewest or most', () => {
    expect(
      rows([
        { a: false, b: false },
        { a: true, b: false },
        { a: true, b: true },
      ]).shape,
    ).toBe('chain')
    expect(
      rows([
        { a: true, b: false },
        { a: true, b: true },
        { a: false, b: true },
      ]),
    ).toEqual({ shape: 'star', labels: ['*full', 'w/o a', 'w/o b'] })
  })

  test('sweep, in order of numbers', () => {
    expect(rows([3, 10, 1, 2].map((width) => ({ width })))).toEqual({
      shape: 'sweep',
      labels: ['width = 1', 'width = 2', '*width = 3', 'width = 10'],
    })
  })

  const corner = (i: number): JsonObject => ({ a: i % 2 === 1, b: (i >> 1) % 2 === 1, d: (i >> 2) % 2 === 1 })

  test('factorial, full and with a corner missing, which becomes a row without runs', () => {
    expect(rows([0, 1, 2, 3, 4, 5, 6, 7].map(corner)).shape).toBe('factorial')
    const { definition, runs } = find(runsOf([0, 1, 2, 3, 4, 5, 6].map(corner)))
    expect(definition.shape).toBe('factorial')
    expect(definition.variants).toHaveLength(8)
    const counts = definition.variants.map(({ key }) => runs.filter(({ variant }) => variant === key).length)
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 3, 3, 3, 3, 3, 3, 3])
  })

  test('a half fraction, and runs that are nothing in particular', () => {
    expect(rows([1, 2, 4, 7].map(corner)).shape).toBe('fractional')
    expect(
      rows([
        { a: 1, b: 1 },
        { a: 2, b: 2 },
      ]).shape,
    ).toBe('free')
    expect(rows([{ a: 1 }])).toEqual({ shape: 'free', labels: ['*baseline'] })
  })
})

describe('what is compared', () => {
  test('seeds, names and paths are not, and are listed; what a run says of its seed comes first', () => {
    const runs = runsOf([full, model({ norm: 'none' })])
    const { definition, runs: placed } = find([{ ...runs[0]!, seed: 77 }, ...runs.slice(1)])
    expect(definition.ignored).toEqual(['name', 'out_dir', 'seed'])
    expect(definition.variants).toHaveLength(2)
    expect(placed.map(({ seed }) => seed)).toEqual([77, 1, 2, 0, 1, 2])
  })

  test('the list can be edited', () => {
    expect(rows([full, { ...full, lr: 1 }], { ignore: [...IGNORED_KEYS, 'lr'] }).labels).toHaveLength(1)
    expect(find(runsOf([full]), { ignore: ['seed', 'name'] }).definition.variants).toHaveLength(3)
  })

  test.each([
    ['train.seed', 1, true],
    ['seeds.init', 1, true],
    ['initSeed', 1, true],
    ['name', 'x', true],
    ['model.name', 'x', false],
    ['drop_path', 0.1, false],
    ['data_path', '/d', true],
    ['dataDir', '/d', true],
    ['bidir', 'yes', false],
    ['log_every_n', 5, true],
    ['wandb.mode', 'off', true],
    ['probes.rows', 4, true],
    ['optimizer.lr', 1, false],
  ])('%s (%s) is bookkeeping: %s', (path, value, expected) => {
    expect(isIgnored(path, value, IGNORED_KEYS)).toBe(expected)
  })

  test('numbers are equal however they are written; other types are not', () => {
    const same = (a: JsonObject[string], b: JsonObject[string]) => canonicalSetting(a) === canonicalSetting(b)
    expect([same(1e-3, 0.001), same('1e-3', 0.001), same(-0, 0), same({ a: 1, b: 2 }, { b: '2', a: 1 }), same(['1', 2], [1, 2])]).toEqual([
      true,
      true,
      true,
      true,
      true,
    ])
    expect([same(1, true), same(null, false), same('', 0), same('none', null), same('NaN', 0), same([1, 2], [2, 1])]).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ])
    expect(rows([{ lr: 1e-3 }, { lr: '0.001' }]).labels).toHaveLength(1)
  })
})

describe('folding', () => {
  const fold = (from: JsonObject, to: JsonObject) =>
    foldedChanges(flattenConfig(from), flattenConfig(to)).map(({ path, folded }) => [path, ...folded])

  test.each([
    ['a part replaced by false', { att: { heads: 8, size: 4 } }, { att: false }, [['att', 'att.heads', 'att.size']]],
    ['a part that is gone', { m: { att: { heads: 8, size: 4 }, x: 1 } }, { m: { x: 1 } }, [['m.att', 'm.att.heads', 'm.att.size']]],
    ['a switch and its settings gone', { att: { enabled: true, heads: 8 } }, { att: { enabled: false } }, [['att.enabled', 'att.heads']]],
    [
      'a switch and a setting that no longer matters',
      { att: { enabled: true, heads: 8 } },
      { att: { enabled: false, heads: 0 } },
      [['att.enabled', 'att.heads']],
    ],
    ['use_x', { use_att: true, att: { heads: 8 }, att_drop: 1 }, { use_att: false }, [['use_att', 'att_drop', 'att.heads']]],
    [
      'another kind with other settings',
      { opt: { kind: 'adam', beta: 1 } },
      { opt: { kind: 'sgd', momentum: 1 } },
      [['opt.kind', 'opt.beta', 'opt.momentum']],
    ],
    ['another kind and another rate are two', { opt: { kind: 'adam', lr: 1 } }, { opt: { kind: 'sgd', lr: 2 } }, [['opt.kind'], ['opt.lr']]],
    ['two settings', { a: 1, b: 1 }, { a: 2, b: 2 }, [['a'], ['b']]],
    ['a key with a dot', { 'a.b': { c: 1 } }, { 'a.b': { c: 2 } }, [['"a.b".c']]],
  ] as [string, JsonObject, JsonObject, string[][]][])('%s', (_, from, to, expected) => {
    expect(fold(from, to)).toEqual(expected)
    expect(fold(to, from).map(([path]) => path)).toEqual(expected.map(([path]) => path))
    expect(fold(from, from)).toEqual([])
  })
})

describe('baseline', () => {
  const reasonOf = (runs: FindableRun[], baseline: string | null = null) => {
    const { definition, runs: placed } = find(runs, { baseline })
    return [definition.baselineReason, placed.filter(({ variant }) => variant === definition.baseline).map(({ runId }) => runId)] as const
  }

  test('by hand, by variant or run; a name that is neither is refused', () => {
    const runs = runsOf([full, model({ norm: 'none' }), model({ dropout: 0 })], [0])
    expect(reasonOf(runs, 'r2')).toEqual(['Chosen by hand.', ['r2']])
    expect(() => find(runs, { baseline: 'r9' })).toThrow('The baseline r9 is neither a variant nor a run of this study: choose one of its runs.')
    expect(() => find([])).toThrow('A study needs at least one run: none was given.')
  })

  test('by tag, by being one change from most others, by having the most parts', () => {
    const star = runsOf([model({ norm: 'none' }), full, model({ dropout: 0 }), model({ attention: false })], [0])
    expect(reasonOf(star)).toEqual(['3 of 3 other variants are one change away from it.', ['r2']])
    expect(reasonOf(star.map((run) => (run.id === 'r3' ? { ...run, tags: ['Baseline'] } : run)))).toEqual(['Its runs are tagged “baseline”.', ['r3']])
    expect(reasonOf(runsOf([{ a: false }, { a: true }], [0]))).toEqual(['It has the most parts in it (1 of 1).', ['r2']])
    expect(reasonOf(runsOf([{ a: 1 }, { a: 2 }], [0]))).toEqual(['It is the oldest of 2 variants that are as central.', ['r1']])
  })
})

test('labels tell apart settings of the same name, and never repeat', () => {
  const config = (a: number, b: number): JsonObject => ({ mlp: { width: a }, head: { width: b } })
  expect(rows([config(8, 8), config(4, 8), config(8, 4)]).labels).toEqual(['*baseline', 'head.width: 8 → 4', 'mlp.width: 8 → 4'])
  const long = (end: string): JsonObject => ({ text: `${'x'.repeat(40)}${end}${'y'.repeat(40)}`, other: 1 })
  expect(new Set(rows([long('1'), long('2'), long('3')]).labels).size).toBe(3)
})

test('the same study is found whatever the order of the runs, and any configs make one', () => {
  const setting = fc.oneof(
    fc.constantFrom(true, false, null, 'none', 'x', 0, 1, 2, '1e-3', 0.001, [1], {}),
    fc.record({ enabled: fc.boolean(), k: fc.integer({ min: 0, max: 2 }) }, { requiredKeys: [] }),
  )
  const config = fc.record({ a: setting, b: setting, use_c: setting, c: setting, kind: setting }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(config, { minLength: 1, maxLength: 7 }), fc.nat(), (configs, turn) => {
      const runs = runsOf(configs as JsonObject[], [0, 1])
      const found = find(runs)
      const at = turn % runs.length
      const again = find([...runs.slice(at), ...runs.slice(0, at)].reverse())
      expect(again.definition).toEqual(found.definition)
      expect(new Set(found.runs.map(({ runId }) => runId)).size).toBe(runs.length)
      expect(new Set(found.definition.variants.map(({ label }) => label)).size).toBe(found.definition.variants.length)
      // A variant other than the baseline changes something.
      for (const { key, changes } of found.definition.variants) expect(changes.length === 0).toBe(key === found.definition.baseline)
    }),
    { numRuns: 80 },
  )
})
