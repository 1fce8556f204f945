import { expect, it } from 'vitest'
import { textTable } from '../../cli/text-table.ts'

const columns = [
  { title: 'NAME', text: (row: [string, number]) => row[0] },
  { title: 'N', align: 'right' as const, text: (row: [string, number]) => String(row[1]) },
]

it('lines columns up, numbers on the right, without trailing space', () => {
  expect(
    textTable(columns, [
      ['short', 1],
      ['a longer name', 1000],
    ]),
  ).toBe('NAME              N\nshort             1\na longer name  1000')
})

it('counts wide characters as two cells and keeps line breaks out', () => {
  expect(
    textTable(columns, [
      ['训练', 1],
      ['a\nb', 2],
    ]),
  ).toBe('NAME  N\n训练  1\na b   2')
})
