import papaparse from 'papaparse'
import { describe, expect, it } from 'vitest'
import { clipboardTable, tsvFormat } from '../../../core/table/formats/clipboard.ts'
import { csvFormat } from '../../../core/table/formats/csv.ts'
import { htmlFormat } from '../../../core/table/formats/html.ts'
import { markdownFormat } from '../../../core/table/formats/markdown.ts'
import { svgFormat } from '../../../core/table/formats/svg.ts'
import { DEFAULT_FORMAT_OPTIONS, type TableFormat, type TableSource } from '../../../core/table/formats/table-format.ts'
import { HOSTILE_LABELS, hostileTable } from './hostile-table.ts'

const SOURCE = { document: hostileTable() } as TableSource
const written = (format: TableFormat) => format.write(SOURCE, DEFAULT_FORMAT_OPTIONS)
const flat = (text: string) => text.replace(/\s+/g, ' ')

describe('Markdown', () => {
  it('keeps every row whole whatever its label holds', () => {
    const rows = written(markdownFormat)
      .split('\n')
      .filter((line) => line.startsWith('| '))
    for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(9)
    expect(rows).toHaveLength(2 + HOSTILE_LABELS.length + 3)
  })

  it('escapes what would be markup', () => {
    const text = written(markdownFormat)
    expect(text).toContain('snake\\_case\\_name \\#1')
    expect(text).toContain('\\*starred\\* start')
    expect(text).toContain('\\<script\\>')
    expect(text).toContain('**94.27** ± 0.17')
    expect(text).toContain('<u>93.27</u>')
  })
})

describe('HTML', () => {
  it('has no tag that a label brought', () => {
    const text = written(htmlFormat)
    expect(text).not.toContain('<script>')
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).toContain('<caption>')
    expect(text).toContain('<th scope="colgroup" colspan="3"')
    expect(text).toContain('<strong>94.27</strong> ± 0.17')
  })

  it('carries its looks inline on the clipboard, with the same cells as tab-separated text', () => {
    const { html, plain } = clipboardTable(SOURCE.document)
    expect(html).toContain('style="border-collapse:collapse')
    const lines = plain.trimEnd().split('\n')
    expect(lines).toHaveLength(1 + HOSTILE_LABELS.length + 3)
    for (const line of lines.filter((one) => one.includes('\t'))) expect(line.split('\t')).toHaveLength(7)
    expect(plain).toBe(written(tsvFormat))
  })
})

describe('CSV', () => {
  const { data } = papaparse.parse<string[]>(written(csvFormat).trimEnd())

  it('has value and spread in cells of their own, as numbers', () => {
    expect(data[0]).toEqual([
      'Variant & more',
      'Accuracy (%) ↑',
      'Accuracy (%) ↑ spread',
      'Accuracy (%) ↑ Δ',
      'Accuracy (%) ↑ p',
      'Loss_total ↓',
      'Loss_total ↓ low',
      'Loss_total ↓ high',
      'use_x',
      'n',
    ])
    expect(data[1]?.slice(1, 4)).toEqual(['94.27', '0.17', ''])
    expect(data[2]?.slice(1, 4)).toEqual(['93.27', '', '-1.58'])
  })

  it('guards texts that a spreadsheet would run, and leaves numbers alone', () => {
    const labels = data.slice(1).map((row) => row[0])
    expect(labels).toContain("'=SUM(A1:A9)")
    expect(labels).toContain("'- not a list")
    expect(data.flat().filter((cell) => /^'-\d/.test(cell))).toEqual([])
  })
})

describe('SVG', () => {
  it('draws every label and no tag of one', () => {
    const text = written(svgFormat)
    expect(text).not.toContain('<script>')
    for (const label of HOSTILE_LABELS.filter((one) => /^[\w ]+$/.test(one))) expect(text).toContain(`>${flat(label)}<`)
    expect(text).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/)
  })
})

it.each([markdownFormat, htmlFormat, csvFormat, tsvFormat, svgFormat])('$id gives the same bytes for the same table', (format) => {
  expect(written(format)).toBe(format.write({ document: hostileTable() } as TableSource, DEFAULT_FORMAT_OPTIONS))
})
