import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, configDiff, configText, flattenConfig } from '../../core/config-diff.ts'
import type { JsonObject } from '../../core/run.ts'

describe('flattenConfig', () => {
  it('dots nested objects and keeps arrays and empty objects whole', () => {
    expect([...flattenConfig({ optimizer: { name: 'adam', betas: [0.9, 0.999] }, extra: {}, lr: 0.1 })]).toEqual([
      ['optimizer.name', 'adam'],
      ['optimizer.betas', [0.9, 0.999]],
      ['extra', {}],
      ['lr', 0.1],
    ])
  })

  it('keeps apart a dotted key and a nested one', () => {
    expect([...flattenConfig({ 'a.b': 1, a: { b: 2 } }).keys()]).toEqual(['"a.b"', 'a.b'])
  })
})

describe('configDiff', () => {
  it('marks the keys that differ and counts the others', () => {
    const diff = configDiff([
      { lr: 0.1, seed: 0, model: { depth: 18 } },
      { lr: 0.01, seed: 0, model: { depth: 18 } },
    ])
    expect(diff.rows.filter((row) => row.differs)).toEqual([{ key: 'lr', values: [0.1, 0.01], differs: true }])
    expect([diff.differing, diff.same]).toEqual([1, 2])
  })

  it('tells a missing key from null, a number from its text, and not an object by the order of its keys', () => {
    const diff = configDiff([
      { gone: null, width: 1, list: [{ a: 1, b: 2 }] },
      { width: '1', list: [{ b: 2, a: 1 }] },
    ])
    expect(Object.fromEntries(diff.rows.map((row) => [row.key, row.differs]))).toEqual({ gone: true, width: true, list: false })
  })

  it('finds nothing to differ in one run, nor in copies of it', () => {
    const json = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 })
    fc.assert(
      fc.property(json, fc.integer({ min: 1, max: 4 }), (config, copies) => {
        const diff = configDiff(Array.from({ length: copies }, () => structuredClone(config) as JsonObject))
        expect(diff.differing).toBe(0)
        expect(diff.same).toBe(flattenConfig(config as JsonObject).size)
      }),
    )
  })
})

describe('text of values', () => {
  it('is equal exactly when values are', () => {
    expect(canonicalJson({ b: [1, { d: 1, c: 2 }], a: 'x' })).toBe('{"a":"x","b":[1,{"c":2,"d":1}]}')
    expect(canonicalJson('1')).not.toBe(canonicalJson(1))
  })

  it('quotes a string only where it would read as something else', () => {
    expect([configText('adam'), configText('1e-3'), configText(0.001), configText('true'), configText(''), configText(undefined)]).toEqual([
      'adam',
      '"1e-3"',
      '0.001',
      '"true"',
      '""',
      '–',
    ])
    expect(configText([64, 128])).toBe('[64,128]')
  })
})
