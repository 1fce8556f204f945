import { describe, expect, it } from 'vitest'
import { StudyProblem } from '../../../core/ablation/study-problem.ts'
import type { AblateOptions } from '../../../trainer/ablation/ablate-options.ts'
import { planStudy } from '../../../trainer/ablation/plan-study.ts'

const GOOD: AblateOptions = {
  name: 'parts',
  base: { lr: 0.1, part: true, seed: 9 },
  without: { part: { part: false } },
  seeds: 2,
  metrics: { acc: { goal: 'max', unit: '%', digits: 1 } },
}

describe('planStudy', () => {
  it('makes a definition of a declaration; a seed in the base is none of its settings', () => {
    const { definition, ...rest } = planStudy({ ...GOOD, project: 'p', dir: '/x/y.db' })
    expect(rest).toEqual({ aliases: [], location: '/x/y.db', retries: 1, parallel: 1, timeoutMs: null, restart: false, quiet: false })
    expect(definition).toMatchObject({
      name: 'parts',
      project: 'p',
      origin: 'declared',
      shape: 'star',
      baseline: 'base',
      seeds: [0, 1],
      ignored: ['seed'],
    })
    expect(definition.metrics).toEqual([{ name: 'acc', label: null, goal: 'max', unit: '%', digits: 1, aggregate: { kind: 'last' } }])
    expect(definition.variants.map(({ config }) => config)).toEqual([
      { lr: 0.1, part: true },
      { lr: 0.1, part: false },
    ])
  })

  it('keeps the seeds in the order given, and what a metric says of its value', () => {
    const aggregate = { kind: 'at-best', metric: 'val', goal: 'max' } as const
    const { definition } = planStudy({ ...GOOD, seeds: [7, 3], metrics: { acc: { goal: 'max', aggregate } } })
    expect(definition.seeds).toEqual([7, 3])
    expect(definition.metrics[0]).toMatchObject({ digits: 'uncertainty', aggregate })
  })

  it.each<[string, object, RegExp, string[]]>([
    ['no name', { name: ' ' }, /name must be a text/, ['name']],
    ['a mistyped key', { wihtout: {} }, /unknown key "wihtout": did you mean "without"/, ['wihtout']],
    ['no metrics', { metrics: {} }, /metrics is empty/, ['metrics']],
    ['a metric without a goal', { metrics: { acc: {} } }, /metrics\["acc"\] needs goal: "max" when higher is better/, ['metrics', 'acc']],
    ['a mistyped goal', { metrics: { acc: { goal: 'maxx' } } }, /did you mean "max"/, ['metrics', 'acc']],
    [
      'a mistyped key of a metric',
      { metrics: { acc: { goal: 'max', unitt: '%' } } },
      /unknown key "unitt" in metrics.acc: did you mean "unit"/,
      ['metrics', 'acc', 'unitt'],
    ],
    ['odd digits', { metrics: { acc: { goal: 'max', digits: 1.5 } } }, /digits must be 0 to 12/, ['metrics', 'acc']],
    [
      'an odd aggregate',
      { metrics: { acc: { goal: 'max', aggregate: { kind: 'mean' } } } },
      /kind last, best, at-best, mean-last/,
      ['metrics', 'acc', 'aggregate'],
    ],
    [
      'an aggregate without its count',
      { metrics: { acc: { goal: 'max', aggregate: { kind: 'mean-last' } } } },
      /needs count/,
      ['metrics', 'acc', 'aggregate'],
    ],
    ['no seeds', { seeds: [] }, /seeds is empty/, ['seeds']],
    ['a seed twice', { seeds: [1, 2, 1] }, /seed 1 is given twice/, ['seeds']],
    ['a broken seed', { seeds: [0.5] }, /whole numbers, got 0.5/, ['seeds']],
    ['seeds as text', { seeds: '5' }, /or how many/, ['seeds']],
    [
      'a variant that is no object',
      { without: { part: false } },
      /without.part must be the settings to change, such as \{ part: false \}, got false/,
      ['without', 'part'],
    ],
    ['an empty variant', { without: { part: {} } }, /without.part changes nothing/, ['without', 'part']],
    ['a variant that sets the seed', { without: { part: { seed: 3 } } }, /sets seed/, ['without', 'part']],
    [
      'a variant that is the base',
      { without: { part: { part: true } } },
      /"w\/o part" changes nothing: the base has part: true already/,
      ['without', 'part'],
    ],
    ['a sweep of a number', { without: undefined, sweep: { lr: 3 } }, /sweep.lr must be an array of values, got 3/, ['sweep', 'lr']],
    ['a sweep of seeds', { without: undefined, sweep: { seed: [1] } }, /varies seed/, ['sweep', 'seed']],
    ['too many cells', { without: undefined, sweep: { lr: Array.from({ length: 200 }, (_, i) => i) }, seeds: 100 }, /20100 runs: at most 10000/, []],
    ['no timeout', { timeout: 0 }, /timeout must be a number of seconds above 0/, ['timeout']],
    ['half a process', { parallel: 0.5 }, /parallel must be a whole number from 1/, ['parallel']],
    ['fractional without generators', { without: undefined, fractional: { factors: {} } }, /fractional must be/, ['fractional']],
  ])('refuses %s, and says where', (_, change, message, at) => {
    const problem = () => planStudy({ ...GOOD, ...change } as AblateOptions)
    expect(problem).toThrow(message)
    expect(problem).toThrow(StudyProblem)
    try {
      problem()
    } catch (error) {
      expect((error as StudyProblem).at).toEqual(at)
    }
  })
})
