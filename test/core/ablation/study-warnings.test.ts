import { describe, expect, test } from 'vitest'
import { analyseStudy } from '../../../core/ablation/analyse-study.ts'
import type { StudyWarningCode } from '../../../core/ablation/study-warning.ts'
import type { TableSettings } from '../../../core/ablation/table-settings.ts'
import { metric, must, settings, studyOf, type TestStudy } from './study-fixtures.ts'

const fair = () => studyOf({ base: [1, 2, 4], less: [2, 3, 6], norm: [0, 2, 3] })
const analyse = ({ study, facts }: TestStudy, more: Partial<TableSettings> = {}) => analyseStudy(study, facts, settings(more))
const textOf = (made: TestStudy, code: StudyWarningCode, more: Partial<TableSettings> = {}) =>
  analyse(made, more).warnings.find((one) => one.code === code)?.text
const factsOf = (made: TestStudy, id: string) => made.facts.find((one) => one.id === id)!

test('a fair study has no warnings', () => {
  expect(analyse(fair()).warnings).toEqual([])
})

describe('the study', () => {
  test('a metric that no run has, or some have not', () => {
    const none = fair()
    none.study.metrics.push(metric('f1'))
    expect(textOf(none, 'metric-missing')).toBe('No finished run has a value of f1.')
    const result = analyse(none)
    expect(result.cells.filter((cell) => cell.metric === 'f1').every(({ summary }) => !summary.defined)).toBe(true)
    expect(result.comparisons.filter((one) => one.metric === 'f1').every(({ difference }) => !difference.defined)).toBe(true)
    const some = fair()
    factsOf(some, 'less-1').values = {}
    expect(textOf(some, 'metric-partial')).toBe('1 finished run of 9 has no value of acc.')
  })

  test('a baseline that is not there, or has no runs: no differences', () => {
    const gone = fair()
    gone.study.baseline = 'nothing'
    expect(textOf(gone, 'baseline-missing')).toBe('The baseline is none of the variants, so there are no differences.')
    expect(analyse(gone).comparisons).toEqual([])
    const empty = studyOf({ base: [], less: [1, 2] })
    expect(textOf(empty, 'baseline-empty')).toBe('The baseline (label of base) has no finished run with a value, so there are no differences.')
    expect(analyse(empty).comparisons[0]).toMatchObject({
      difference: { defined: false, code: 'no-values' },
      p: { defined: false },
      ci: { defined: false },
    })
  })

  test('a variant that equals the baseline is not compared', () => {
    const same = fair()
    same.study.variants[1]!.changes = []
    expect(textOf(same, 'same-as-baseline')).toBe('label of less has the config of the baseline and is not compared with it.')
    expect(analyse(same).comparisons.map(({ variant }) => variant)).toEqual(['norm'])
  })

  test('labels that repeat, also by an override', () => {
    expect(textOf(fair(), 'duplicate-label', { labels: { less: 'label of norm' } })).toBe('2 rows are called “label of norm”.')
  })

  test('goals that disagree, among runs or with the study', () => {
    const runs = fair()
    runs.facts[0]!.goals = { acc: 'max' }
    runs.facts[1]!.goals = { acc: 'min' }
    expect(textOf(runs, 'mixed-goals')).toBe('Runs disagree on whether acc is to be high or low; the study takes high as better.')
    const study = fair()
    for (const one of study.facts) one.goals = { acc: 'min' }
    expect(textOf(study, 'mixed-goals')).toBe('The runs say that acc is better low, the study that it is better high.')
  })

  test('a variant without runs, and one that changes two things in a star', () => {
    const made = studyOf({ base: [1, 2], less: [] }, { changes: { less: ['a', 'b'].map((path) => ({ path, from: 1, to: 2, folded: [] })) } })
    expect(textOf(made, 'variant-empty')).toBe('label of less has no runs.')
    expect(textOf(made, 'changes-together')).toBe('label of less changes a, b together: its difference is of all of them.')
  })
})

describe('its runs', () => {
  test('one that was deleted is missed, not guessed', () => {
    const made = fair()
    made.facts.splice(0, 1)
    const result = analyse(made)
    expect(textOf(made, 'run-deleted')).toBe('1 run of the study is no longer in the store.')
    expect(result.checklist.runs).toMatchObject({ total: 8, deleted: 1 })
    expect(must(result.cells[0]!.summary).n).toBe(2)
    expect(result.slots[0]).toEqual({ variant: 'base', seed: 0, state: 'missing', runId: null })
    expect(textOf(made, 'missing-cells')).toBe('1 cell has no run (label of base: seed 0).')
  })

  test('failed, crashed and unfinished ones are in no mean, listed and counted', () => {
    const made = fair()
    factsOf(made, 'less-0').status = 'failed'
    factsOf(made, 'norm-1').status = 'crashed'
    factsOf(made, 'norm-2').status = 'running'
    const result = analyse(made)
    expect(textOf(made, 'failed')).toBe('2 runs failed (label of less: seed 0, label of norm: seed 1) and are in no mean.')
    expect(textOf(made, 'unfinished')).toBe('1 run did not finish (label of norm: seed 2) and is in no mean.')
    const less = result.cells.find(({ variant }) => variant === 'less')!
    expect(must(less.summary)).toMatchObject({ n: 2, mean: 4.5 })
    expect(less.values[0]).toMatchObject({ state: 'failed', value: 2, note: 'Not counted: the run failed.' })
    expect(result.checklist.runs).toMatchObject({ total: 9, finished: 6, failed: 2, unfinished: 1 })
    expect(result.slots.filter(({ state }) => state !== 'finished').map(({ variant, state }) => [variant, state])).toEqual([
      ['less', 'failed'],
      ['norm', 'crashed'],
      ['norm', 'running'],
    ])
  })

  test('diverged ones are said with how many', () => {
    const made = fair()
    factsOf(made, 'less-0').values = { acc: { value: null, reason: 'not-finite', note: 'Its last acc (step 9) is NaN: it diverged.' } }
    const result = analyse(made)
    expect(textOf(made, 'diverged')).toBe('Runs whose acc is NaN or infinite are in no mean, which flatters the rest (label of less: 1 of 3).')
    expect(result.cells.find(({ variant }) => variant === 'less')!.values[0]).toMatchObject({ state: 'diverged', value: null })
    expect(result.checklist.runs.diverged).toBe(1)
  })

  test('the same seed twice counts once, the newest finished run; a failed newer attempt does not push it out', () => {
    const made = fair()
    made.study.runs.push({ runId: 'again', variant: 'base', seed: 0 }, { runId: 'broken', variant: 'base', seed: 1 })
    made.facts.push(
      { ...made.facts[0]!, id: 'again', startedAt: 5, values: { acc: { value: 10, step: 1, note: null } } },
      { ...made.facts[1]!, id: 'broken', startedAt: 5, status: 'failed' },
    )
    const cell = analyse(made).cells[0]!
    expect(cell.values.map(({ runId, state }) => [runId, state])).toEqual([
      ['again', 'counted'],
      ['base-0', 'duplicate'],
      ['broken', 'failed'],
      ['base-1', 'counted'],
      ['base-2', 'counted'],
    ])
    expect(must(cell.summary)).toMatchObject({ n: 3, max: 10 })
    expect(textOf(made, 'duplicate-runs')).toBe('1 run repeats a variant and seed that a newer run has (label of base: seed 0) and is not counted.')
    expect(textOf(made, 'failed')).toBeUndefined()
  })

  test('no seeds: each run counts, none is paired', () => {
    const made = fair()
    for (const run of made.study.runs) run.seed = null
    for (const one of made.facts) one.seed = null
    const result = analyse(made)
    expect(textOf(made, 'missing-seed')).toBe('9 runs have no seed: each counts as a repetition, and none can be paired.')
    expect(must(result.cells[0]!.summary).n).toBe(3)
    expect(result.comparisons[0]).toMatchObject({ test: 'welch', pairing: { paired: false } })
    expect(result.seeds).toEqual([])
  })
})

describe('what makes a comparison unfair', () => {
  test('training that is not equally long', () => {
    const made = fair()
    factsOf(made, 'less-1').epochs = 3
    expect(textOf(made, 'unequal-epochs')).toBe('Runs were not trained equally long, in epochs: label of base 5, label of less 3–5.')
    for (const one of made.facts) one.epochs = null
    factsOf(made, 'norm-1').steps = 90
    expect(textOf(made, 'unequal-steps')).toBe(
      'Runs were not trained equally long, in steps (the highest logged): label of base 100, label of norm 90–100.',
    )
  })

  test('unless length is what the study varies', () => {
    const made = fair()
    made.study.variants[1]!.changes = [{ path: 'train.epochs', from: 5, to: 3, folded: [] }]
    factsOf(made, 'less-1').epochs = 3
    expect(textOf(made, 'unequal-epochs')).toBeUndefined()
  })

  test('other data for the same seed, but not other data for another seed', () => {
    const made = fair()
    for (const one of made.facts) one.dataHash = `split ${one.seed}`
    expect(textOf(made, 'unequal-data')).toBeUndefined()
    factsOf(made, 'norm-2').dataHash = 'else'
    expect(textOf(made, 'unequal-data')).toBe('Runs of the same seed saw different data (label of norm).')
  })

  test('other code, and uncommitted changes', () => {
    const made = fair()
    factsOf(made, 'less-0').commit = '9999999aaaa'
    factsOf(made, 'less-1').dirty = true
    expect(textOf(made, 'unequal-code')).toBe('Runs come from 2 versions of the code (9999999, abcdef0; not the baseline’s: label of less).')
    expect(analyse(made).warnings.find(({ code }) => code === 'dirty-code')).toMatchObject({ severity: 'info', footnote: false, runs: ['less-1'] })
  })

  test('a path of data that is not compared and yet differs by variant', () => {
    const made = fair()
    made.study.ignored = ['data_path', 'out_dir']
    for (const [i, one] of made.facts.entries()) one.config = { data_path: one.id.startsWith('less') ? '/b' : '/a', out_dir: `/o/${i}` }
    expect(textOf(made, 'ignored-data-key')).toBe('Variants differ in data_path, which is not compared.')
  })

  test('the best value of each run, and values taken otherwise than the rest', () => {
    const made = studyOf({ base: [1, 2], less: [2, 3] }, { metric: metric('acc', { aggregate: { kind: 'best' } }) })
    made.facts[0]!.values.acc = { value: 1, step: 3, note: 'Best of 4 values; 1 more of acc are NaN or infinite.' }
    expect(textOf(made, 'optimistic-best')).toBe('acc is the best value of each run, chosen in hindsight, which flatters every variant.')
    expect(textOf(made, 'uneven-points')).toBe(
      '1 value of acc was taken otherwise than the rest (run-base-0: Best of 4 values; 1 more of acc are NaN or infinite).',
    )
  })
})

test('every warning is one sentence with its full stop', () => {
  const made = fair()
  factsOf(made, 'less-0').status = 'failed'
  factsOf(made, 'norm-1').epochs = 1
  factsOf(made, 'norm-1').commit = 'other'
  const { warnings } = analyse(made, { test: 'wilcoxon', labels: { less: 'x', norm: 'x' } })
  expect(warnings.length).toBeGreaterThan(4)
  for (const { text } of warnings) expect(text).toMatch(/^[^\n]+[^.]\.$/)
})

test('the checklist names what a conference asks for', () => {
  const { checklist } = analyse(fair())
  expect(checklist).toMatchObject({
    variants: 3,
    n: { least: 3, most: 3 },
    seeds: [0, 1, 2],
    tests: ['paired-t'],
    paired: 'all',
    correction: 'holm',
    familySize: 2,
    selection: [{ metric: 'acc', aggregate: { kind: 'last' }, goal: 'max' }],
    runs: { total: 9, finished: 9, failed: 0 },
    totalSeconds: 90,
    runsWithoutTime: 0,
  })
})
