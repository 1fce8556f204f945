import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../core/filter/compile-filter.ts'
import { parseFilter } from '../../core/filter/parse-filter.ts'
import type { Vocabulary } from '../../core/filter/vocabulary.ts'
import { makeRow, VOCABULARY } from './run-rows.ts'

const NOW = Date.parse('2026-03-10T12:00:00')

const ROWS = [
  makeRow({
    name: 'brave-otter-1',
    number: 1,
    tags: ['baseline', 'v1'],
    config: { lr: 0.001, model: { kind: 'resnet', depth: 18 } },
    metrics: { 'val/accuracy': [0.95, 0.1, 0.96], 'train/loss': [0.1, 0.05, 2] },
  }),
  makeRow({
    name: 'calm-heron-2',
    number: 2,
    tags: ['v10'],
    status: 'failed',
    config: { lr: 0.1, model: { kind: 'mlp' } },
    notes: 'too hot',
    metrics: { 'val/accuracy': [0.5, 0.1, 0.97], 'train/loss': [Number.NaN, 0.9, 3] },
  }),
  makeRow({ name: 'dry-lynx-3', number: 3, group: 'sweep a', seed: 7, config: { lr: 0.01, note: 'x y', big: '64' }, metrics: {} }),
]

function names(text: string, vocabulary: Vocabulary = VOCABULARY): string[] {
  const parsed = parseFilter(text)
  if (!parsed.ok) throw new Error(parsed.problem.message)
  const compiled = compileFilter(parsed.filter, vocabulary)
  expect(compiled.problems).toEqual([])
  return ROWS.filter((row) => compiled.matches(row, NOW)).map((row) => row.run.name.replace(/-\d+$/, ''))
}

function problem(text: string): string {
  const parsed = parseFilter(text)
  if (!parsed.ok) return parsed.problem.message
  return compileFilter(parsed.filter, VOCABULARY).problems[0]?.message ?? 'fine'
}

describe('the filter language', () => {
  it.each([
    ['', ['brave-otter', 'calm-heron', 'dry-lynx']],
    ['config.lr < 1e-2 and val/accuracy > 0.9 and tag:baseline', ['brave-otter']],
    ['config.lr<=0.01', ['brave-otter', 'dry-lynx']],
    ['lr > 10%', []],
    ['lr >= 10%', ['calm-heron']],
    ['tag:v1', ['brave-otter']],
    ['tag:v1*', ['brave-otter', 'calm-heron']],
    ['status:failed,crashed', ['calm-heron']],
    ['status != finished', ['calm-heron']],
    ['not tag:baseline', ['calm-heron', 'dry-lynx']],
    ['-tag:baseline', ['calm-heron', 'dry-lynx']],
    ['-(tag:baseline or tag:v10)', ['dry-lynx']],
    ['group:"sweep a"', ['dry-lynx']],
    ['group = "SWEEP A"', ['dry-lynx']],
    ['otter', ['brave-otter']],
    ['"too hot"', ['calm-heron']],
    ['resnet', ['brave-otter']],
    ['config.model.kind=mlp', ['calm-heron']],
    ['config.model.kind ~ NET', ['brave-otter']],
    ['"kind=mlp"', ['calm-heron']],
    ['otter or lynx', ['brave-otter', 'dry-lynx']],
    ['lynx or otter lr < 0.005', ['brave-otter', 'dry-lynx']],
    ['(lynx or otter) lr < 0.005', ['brave-otter']],
    ['max(val/accuracy) > 0.965', ['calm-heron']],
    ['best(val/accuracy) > 0.9', ['brave-otter', 'calm-heron']],
    ['best(train/loss) < 0.06', ['brave-otter']],
    ['train/loss = NaN', ['calm-heron']],
    ['train/loss != NaN', ['brave-otter', 'dry-lynx']],
    ['train/loss > 0', ['brave-otter']],
    ['not train/loss > 0', ['calm-heron', 'dry-lynx']],
    ['seed:7', ['dry-lynx']],
    ['#2', ['calm-heron']],
    ['number > 1', ['calm-heron', 'dry-lynx']],
    ['duration > 59m', ['brave-otter', 'calm-heron', 'dry-lynx']],
    ['duration > 61m', []],
    ['age < 1d', []],
    ['age < 2w', ['brave-otter', 'calm-heron', 'dry-lynx']],
    ['created:2026-03-05', ['brave-otter', 'calm-heron', 'dry-lynx']],
    ['created > 2026-03-05', []],
    ['created >= "2026-03-05 08:00"', ['brave-otter', 'calm-heron', 'dry-lynx']],
    ['steps >= 1k', ['brave-otter', 'calm-heron']],
    ['config.big = 64', ['dry-lynx']],
    ['config.note = "x y"', ['dry-lynx']],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual(expected)
  })

  it('prefers a metric to a config key of the same name, and says config. reaches the other', () => {
    const both = { ...VOCABULARY, metrics: new Map([...VOCABULARY.metrics, ['lr', null] as const]) }
    expect(names('lr < 1', both)).toEqual([])
    expect(names('config.lr < 1', both)).toHaveLength(3)
  })

  it.each([
    ['config.lr <', '"config.lr <" needs a value after it'],
    ['< 3', '"<" needs a field before it, like config.lr < 0.01'],
    ['(tag:a', 'a ")" is missing'],
    ['tag:a)', 'this ")" has no "("'],
    ['tag:a and', 'something is missing at the end'],
    ['or tag:a', '"or" needs something on both sides'],
    ['()', 'something is missing before ")"'],
    ['"open', 'the quote is not closed: add "'],
    ['val/accurcy > 0.9', 'these runs have no field, metric or config key "val/accurcy"; did you mean val/accuracy?'],
    ['config.l > 0.9', 'these runs have no config key "l"; did you mean lr?'],
    ['name < 3', 'name is text: use name:3 or name = 3'],
    ['duration > soon', 'duration needs a duration like 90s, 5m, 2h or 3d, got "soon"'],
    ['created > 2026-02-31', 'created needs a date like 2026-03-05 or "2026-03-05 14:30"; for time since then write age < 2d'],
    ['status:done', 'status is one of running, finished, failed, interrupted, crashed, got "done"'],
    ['lr < small', '"<" compares numbers, got "small"'],
    ['seed = abc', 'seed is a number, got "abc"'],
    ['best(lonely) > 1', 'whether high or low is best is not known for "lonely": write min(lonely) or max(lonely)'],
    ['max(val/accuracy)', 'max(val/accuracy) needs a comparison, like max(val/accuracy) > 0.9'],
    ['a ! b', '"!" alone means nothing: write != or not'],
  ])('explains what is wrong with %s', (text, message) => {
    expect(problem(text)).toBe(message)
  })

  it('points at the place of the mistake', () => {
    const parsed = parseFilter('tag:a and < 3')
    expect(parsed).toEqual({ ok: false, problem: { message: '"<" needs a field before it, like config.lr < 0.01', from: 10, to: 11 } })
  })

  it('refuses absurd nesting instead of exhausting the stack', () => {
    expect(problem(`${'('.repeat(50_000)}a`)).toBe('too deeply nested')
  })
})
