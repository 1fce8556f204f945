import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvTextCell } from '../../../core/csv-cell.ts'
import { numberJson, numberText } from '../../../server/export/number-text.ts'

it('every double reads back exactly, -0, NaN and infinities included', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(Number(numberText(value))).toBe(value)
    }),
  )
  expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0.1].map(numberText)).toEqual([
    'NaN',
    'Infinity',
    '-Infinity',
    '-0',
    '0.1',
  ])
})

it('as JSON it stays valid JSON', () => {
  fc.assert(
    fc.property(fc.double(), (value) => {
      expect(Number(JSON.parse(numberJson(value)))).toBe(value)
    }),
  )
  expect(numberJson(Number.NaN)).toBe('"NaN"')
})

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['=cmd()', "'=cmd()"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@sum', "'@sum"],
  ['\tx', "'\tx"],
  ['=HYPERLINK("http://evil.test","x")', `"'=HYPERLINK(""http://evil.test"",""x"")"`],
])('the text cell %j is written as %j', (text, cell) => {
  expect(csvTextCell(text)).toBe(cell)
})
