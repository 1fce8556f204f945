import { describe, expect, it } from 'vitest'
import { buildDesign, type DesignSpec } from '../../../core/ablation/design.ts'

const BASE = { lr: 0.1, attention: { heads: 8, kind: 'full' }, dropout: 0.5, norm: 'batch' }
const table = (spec: Omit<DesignSpec, 'base'>, base: DesignSpec['base'] = BASE) =>
  buildDesign({ base, ...spec }).variants.map(({ label, config }) => [label, config] as const)

describe('leaving one out', () => {
  it('makes the base and one variant for each part, with a part that is switched off as one change', () => {
    const design = buildDesign({ base: BASE, without: { attention: { attention: false }, 'no dropout': { dropout: 0 }, norm: { norm: 'none' } } })
    expect([design.shape, design.baseline, design.baselineReason]).toEqual(['star', 'base', 'declared as the base'])
    expect(design.variants.map(({ key, label }) => [key, label])).toEqual([
      ['base', 'full model'],
      ['without/attention', 'w/o attention'],
      ['without/no dropout', 'no dropout'],
      ['without/norm', 'w/o norm'],
    ])
    expect(design.variants[0]).toMatchObject({ config: BASE, changes: [] })
    expect(design.variants[1]?.config).toEqual({ ...BASE, attention: false })
    expect(design.variants[1]?.changes).toEqual([
      { path: 'attention', from: { heads: 8, kind: 'full' }, to: false, folded: ['attention.heads', 'attention.kind'] },
    ])
  })

  it('merges nested changes and follows dotted paths, and a key that holds a dot is that key', () => {
    const base = { ...BASE, 'a.b': 1 }
    expect(table({ without: { x: { attention: { heads: 1 } }, y: { 'attention.kind': 'local' }, z: { 'a.b': 2 } } }, base).slice(1)).toEqual([
      ['w/o x', { ...base, attention: { heads: 1, kind: 'full' } }],
      ['w/o y', { ...base, attention: { heads: 8, kind: 'local' } }],
      ['w/o z', { ...base, 'a.b': 2 }],
    ])
  })

  it('does not touch the base it was given', () => {
    const base = structuredClone(BASE)
    buildDesign({ base, without: { x: { attention: { heads: 1 } } } })
    expect(base).toEqual(BASE)
  })
})

describe('other designs', () => {
  it('adds one part at a time to a bare base', () => {
    expect(buildDesign({ base: { a: 0 }, with: { a: { a: 1 } } })).toMatchObject({
      shape: 'add-one-in',
      variants: [{ label: 'base' }, { label: '+ a' }],
    })
  })

  it('adds part upon part', () => {
    const design = buildDesign({ base: { a: 0, b: 0 }, cumulative: { a: { a: 1 }, b: { b: 1 } } })
    expect(design.shape).toBe('chain')
    expect(design.variants.map(({ label, config }) => [label, config])).toEqual([
      ['base', { a: 0, b: 0 }],
      ['+ a', { a: 1, b: 0 }],
      ['+ b', { a: 1, b: 1 }],
    ])
    expect(design.variants[2]?.changes.map(({ path }) => path)).toEqual(['a', 'b'])
  })

  it('sweeps one setting at a time; the value the base has is the base', () => {
    expect(buildDesign({ base: { lr: 0.1 }, sweep: { lr: [1, 0.1, 0.01] } }).shape).toBe('sweep')
    expect(table({ sweep: { lr: [1, 0.1], 'attention.heads': [4] } }).map(([label]) => label)).toEqual(['base', 'lr=1', 'heads=4'])
  })

  it('makes every combination of a grid, and takes the one that is the base for the baseline', () => {
    const design = buildDesign({ base: { a: true, b: { c: 2 } }, grid: { a: [false, true], 'b.c': [1, 2] } })
    expect(design.variants.map(({ label }) => label)).toEqual(['a=false, c=1', 'a=false, c=2', 'a=true, c=1', 'a=true, c=2'])
    expect(design.variants.find(({ key }) => key === design.baseline)?.label).toBe('a=true, c=2')
    expect(design.variants[0]?.changes.map(({ path }) => path)).toEqual(['a', 'b.c'])
    const without = buildDesign({ base: {}, grid: { a: [1, 2] } })
    expect(without.baselineReason).toMatch(/the first combination/)
    expect(without.variants.map(({ config }) => config)).toEqual([{ a: 1 }, { a: 2 }])
  })

  it('tells settings that end in the same word apart by their whole path', () => {
    expect(table({ grid: { 'a.x': [1], 'b.x': [2, 3] } }, {}).map(([label]) => label)).toEqual(['a.x=1, b.x=2', 'a.x=1, b.x=3'])
  })
})

describe('a fraction of all combinations', () => {
  const factors = (names: string) => Object.fromEntries([...names].map((name) => [name.toLowerCase(), { [name.toLowerCase()]: 1 }]))
  const base = { a: 0, b: 0, c: 0, d: 0, e: 0 }

  it('is 2^(4−1) with D=ABC: eight runs, each factor high in half of them, main effects clear of pairs', () => {
    const design = buildDesign({ base, fractional: { factors: factors('ABCD'), generators: ['D=ABC'] } })
    expect(design.variants.map(({ label }) => label)).toEqual(['base', 'a + d', 'b + d', 'a + b', 'c + d', 'a + c', 'b + c', 'a + b + c + d'])
    expect(design.baseline).toBe('fractional/----')
    expect(design.aliases).toEqual([
      ['a', 'b × c × d'],
      ['b', 'a × c × d'],
      ['c', 'a × b × d'],
      ['d', 'a × b × c'],
      ['a × b', 'c × d'],
      ['a × c', 'b × d'],
      ['b × c', 'a × d'],
    ])
  })

  it('is 2^(5−2) with D=AB, E=AC: main effects are confused with pairs', () => {
    const design = buildDesign({ base, fractional: { factors: factors('ABCDE'), generators: ['D=AB', 'e = ac'] } })
    expect(design.variants.length).toBe(8)
    expect(design.aliases.find(([first]) => first === 'a')).toEqual(['a', 'b × d', 'c × e'])
    expect(design.aliases.find(([first]) => first === 'd')).toEqual(['d', 'a × b', 'b × c × e'])
    expect(design.baselineReason).toMatch(/the declared base is none of them/)
  })

  it('takes a generator with a minus, which holds the base here', () => {
    const design = buildDesign({ base, fractional: { factors: factors('ABC'), generators: ['C=-AB'] } })
    expect(design.variants.map(({ label }) => label)).toEqual(['base', 'a + c', 'b + c', 'a + b'])
    expect(design.aliases[0]).toEqual(['a', '−b × c'])
  })

  it.each([
    ['D', /form D=ABC/],
    ['D=AX', /names X, which is no factor: the factors are A a, B b/],
    ['D=AA', /twice/],
    ['D=A', /the same as one other factor/],
  ])('refuses the generator %s', (generator, message) => {
    expect(() => buildDesign({ base, fractional: { factors: factors('ABCD'), generators: [generator] } })).toThrow(message)
  })

  it('refuses generators that make two factors one, or build on each other', () => {
    const design =
      (...generators: string[]) =>
      () =>
        buildDesign({ base, fractional: { factors: factors('ABCDE'), generators } })
    expect(design('D=ABC', 'E=ABC')).toThrow(/tie d to e/)
    expect(design('D=AB', 'E=AD')).toThrow(/itself made by a generator/)
    expect(design('D=AB', 'D=AC')).toThrow(/another generator sets/)
    expect(design()).toThrow(/needs a generator/)
  })
})

describe('what makes no study', () => {
  it.each<[string, Omit<DesignSpec, 'base'>, RegExp]>([
    ['nothing varied', {}, /nothing is varied/],
    ['nothing in it', { without: {} }, /are empty/],
    ['a variant that is the base', { without: { dropout: { dropout: 0.5 } } }, /"w\/o dropout" changes nothing: the base has dropout: 0.5 already/],
    ['two variants alike', { without: { a: { dropout: 0 }, b: { 'attention.heads': 8, dropout: 0 } } }, /"w\/o a" and "w\/o b" are the same config/],
    ['two labels alike', { without: { '+ a': { dropout: 0 } }, with: { a: { dropout: 1 } } }, /two variants are called "\+ a"/],
    ['a step that adds nothing', { cumulative: { a: { dropout: 0 }, b: { dropout: 0 } } }, /"b" in cumulative changes nothing/],
    ['grid beside others', { grid: { a: [1] }, without: { x: { dropout: 0 } } }, /grid cannot be combined with without/],
    ['no values', { sweep: { lr: [] } }, /no values/],
    [
      'a million combinations',
      { grid: Object.fromEntries(['a', 'b', 'c'].map((key) => [key, Array.from({ length: 100 }, (_, i) => i)])) },
      /1000000 combinations/,
    ],
    ['the same value twice', { grid: { a: [1, 1] } }, /two variants are called "a=1"/],
    ['a path through a number', { sweep: { 'lr.decay': [1] } }, /lr is 0.1, which has no keys/],
    ['a broken path', { sweep: { 'attention..heads': [1] } }, /no path of a setting/],
  ])('is refused: %s', (_, spec, message) => {
    expect(() => buildDesign({ base: BASE, ...spec })).toThrow(message)
  })
})
