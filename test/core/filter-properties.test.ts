import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFilter } from '../../core/filter/compile-filter.ts'
import { completeFilter } from '../../core/filter/complete-filter.ts'
import { parseNumber } from '../../core/filter/literal.ts'
import { parseFilter } from '../../core/filter/parse-filter.ts'
import type { Filter } from '../../core/filter/syntax.ts'
import { quoteWord, tokenize } from '../../core/filter/tokenize.ts'
import { makeRow, VOCABULARY } from './run-rows.ts'

/** Writes a filter back as text; everything in parentheses, so that the tree is unmistakable. */
function print(filter: Filter): string {
  switch (filter.kind) {
    case 'word':
      return quoteWord(filter.text)
    case 'not':
      return `not (${print(filter.part)})`
    case 'compare':
      return `${filter.field.figure ? `${filter.field.figure}(${filter.field.raw})` : filter.field.raw} ${filter.operator} ${filter.values.map((value) => (value.quoted ? JSON.stringify(value.text) : value.text)).join(',')}`
    default:
      return filter.parts.map((part) => `(${print(part)})`).join(` ${filter.kind} `)
  }
}

/** The tree without positions, which printing moves. */
function shape(filter: Filter | null): unknown {
  return JSON.parse(JSON.stringify(filter, (key, value) => (key === 'from' || key === 'to' ? undefined : value)))
}

const comparison = fc
  .record({
    figure: fc.constantFrom(null, 'last' as const, 'min' as const, 'max' as const, 'best' as const),
    text: fc.constantFrom('val/accuracy', 'config.lr', 'train/loss', 'name', 'tag'),
    operator: fc.constantFrom('<', '<=', '>', '>=', '=', '!=', ':', '~'),
    value: fc.constantFrom('0.9', '-1e-3', 'NaN', 'baseline', 'x*'),
    quoted: fc.boolean(),
  })
  .map(
    ({ figure, text, operator, value, quoted }): Filter => ({
      kind: 'compare',
      field: { text, raw: text, figure, from: 0, to: 0 },
      operator: operator as '<',
      values: [{ text: value, quoted }],
    }),
  )

const filters = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.string({ minLength: 1 }).map((text): Filter => ({ kind: 'word', text })),
    tie('filter').map((part): Filter => ({ kind: 'not', part })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('filter'), { minLength: 2, maxLength: 4 }))
      .map(([kind, parts]): Filter => ({ kind, parts })),
  ),
})).filter

const scraps = fc.array(
  fc.oneof(
    fc.constantFrom(
      '(',
      ')',
      '"',
      ' ',
      ' and ',
      ' or ',
      'not ',
      '-',
      '<',
      '>=',
      '!=',
      '!',
      ':',
      '~',
      ',',
      'config.lr',
      'val/accuracy',
      'max(',
      'tag',
      '0.5',
      'NaN',
    ),
    fc.string(),
  ),
)

describe('any filter', () => {
  it('printed and read again is the same filter', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const parsed = parseFilter(print(filter))
        expect(parsed.ok && shape(parsed.filter)).toEqual(shape(filter))
      }),
    )
  })

  it('never throws on any text, and marks its mistakes inside the text', () => {
    fc.assert(
      fc.property(scraps, fc.nat(40), (pieces, cursor) => {
        const text = pieces.join('')
        const parsed = parseFilter(text)
        const problems = parsed.ok ? compileFilter(parsed.filter, VOCABULARY).problems : [parsed.problem]
        for (const { message, from, to } of problems) {
          expect(message).not.toBe('')
          expect(from).toBeGreaterThanOrEqual(0)
          expect(to).toBeGreaterThanOrEqual(from)
          expect(to).toBeLessThanOrEqual(text.length)
        }
        if (parsed.ok) expect(compileFilter(parsed.filter, VOCABULARY).matches(makeRow(), 0)).toBeTypeOf('boolean')
        const completion = completeFilter(text, Math.min(cursor, text.length), { configKeys: ['lr'], metrics: ['val/loss'], values: () => ['a b'] })
        expect(completion.from).toBeLessThanOrEqual(completion.to)
      }),
    )
  })

  it('and its negation split the runs between them', () => {
    fc.assert(
      fc.property(filters, fc.double(), (filter, lr) => {
        const row = makeRow({ config: { lr }, metrics: { 'val/accuracy': [lr, lr, lr] } })
        const matches = (one: Filter) => compileFilter(one, VOCABULARY).matches(row, 0)
        expect(matches({ kind: 'not', part: filter })).toBe(!matches(filter))
      }),
    )
  })

  it('compares as JavaScript does, NaN and infinities included', () => {
    const numbers = fc.double()
    fc.assert(
      fc.property(numbers, numbers, (value, bound) => {
        const text = Number.isFinite(bound) ? String(bound) : Number.isNaN(bound) ? 'NaN' : bound > 0 ? 'inf' : '-inf'
        fc.pre(Object.is(parseNumber(text), bound) || bound === 0)
        const row = makeRow({ metrics: { 'train/loss': [value, value, value] } })
        const matches = (operator: string) => {
          const parsed = parseFilter(`train/loss ${operator} ${text}`)
          return parsed.ok && compileFilter(parsed.filter, VOCABULARY).matches(row, 0)
        }
        expect([matches('<'), matches('<='), matches('>'), matches('>=')]).toEqual([value < bound, value <= bound, value > bound, value >= bound])
        expect(matches('=')).toBe(value === bound || (Number.isNaN(value) && Number.isNaN(bound)))
      }),
    )
  })

  it('finds any word again once it is quoted', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { tokens, problem } = tokenize(quoteWord(text))
        expect(problem).toBeNull()
        expect(tokens.map((token) => token.text)).toEqual([text])
      }),
    )
  })
})
