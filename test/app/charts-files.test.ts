import { describe, expect, test } from 'vitest'
import { cleanSvg } from '../../app/_charts/clean-svg.ts'
import { csvText } from '../../app/_charts/csv-text.ts'
import { fileName } from '../../app/_charts/export-chart.ts'
import { DARK_LOOK, LIGHT_LOOK, PAPER_LOOK } from '../../app/_charts/look.ts'
import { renderSvg } from '../../app/_charts/render-svg.ts'
import { scalarKind } from '../../app/_charts/scalar/kind.ts'
import { scatterKind } from '../../app/_charts/scatter/kind.ts'
import { sparklinePath } from '../../app/_charts/sparkline/path.ts'

const paper = { width: 317, height: 196 }

describe('exported SVG', () => {
  const svg = renderSvg(scalarKind, scalarKind.fixtures['three runs']!(), PAPER_LOOK, paper, { inches: 3.3 })

  test('is as wide as a paper column and carries title and legend', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="3.3in" height="2.04in" viewBox="0 0 317 196">/)
    for (const text of ['train/loss', 'brave-otter-1', 'step']) expect(svg).toContain(`>${text}<`)
  })
  test('has white ground, black text and nothing a paper has no use for', () => {
    expect(svg).toContain('fill="#ffffff"')
    expect(svg.match(/<text[^>]*>/g)!.every((tag) => tag.includes('fill="#000000"'))).toBe(true)
    for (const junk of ['class=', '<style', '<script', 'pointer-events', 'zr0']) expect(svg).not.toContain(junk)
  })
  test('is well-formed in every look: no quote ends an attribute early', () => {
    for (const look of [LIGHT_LOOK, DARK_LOOK, PAPER_LOOK]) {
      const text = renderSvg(scalarKind, scalarKind.fixtures['log y']!(), { ...look, selfContained: true }, paper)
      const rest = text.replace(/<\/?[a-zA-Z]+(?: [a-zA-Z-]+="[^"<]*")*\s*\/?>/g, '')
      expect(rest).not.toMatch(/[<>"]/)
    }
  })
  test('is small: thousands of dots in a few dozen kilobytes', () => {
    const dots = renderSvg(scatterKind, scatterKind.fixtures['one run']!(), PAPER_LOOK, paper)
    expect(dots.length).toBeLessThan(40_000)
  })
  test('is the same every time', () => {
    const again = renderSvg(scalarKind, scalarKind.fixtures['three runs']!(), PAPER_LOOK, paper, { inches: 3.3 })
    expect(again === svg).toBe(true)
  })
  test('paths keep their place within a twentieth of a pixel', () => {
    const points = Array.from({ length: 500 }, (_, i) => [i * 0.7133, 50 + 40 * Math.sin(i / 9)] as const)
    const d = points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')
    const cleaned = /d="([^"]*)"/.exec(cleanSvg(`<svg><path d="${d}" fill="none"></path></svg>`, paper))![1]!
    const numbers = cleaned.match(/-?\d*\.?\d+/g)!.map(Number)
    let [x, y] = [numbers[0]!, numbers[1]!]
    for (let i = 1; i < points.length; i++) {
      x += numbers[2 * i]!
      y += numbers[2 * i + 1]!
      expect(Math.abs(x - points[i]![0])).toBeLessThan(0.0501)
      expect(Math.abs(y - points[i]![1])).toBeLessThan(0.0501)
    }
  })
})

describe('exported CSV', () => {
  test('has every digit of every number, and says what it is', () => {
    const data = scalarKind.fixtures['run with NaN and Inf']!()
    const text = csvText(scalarKind.table(data))
    expect(text).toContain('# every point of the range')
    expect(text).toContain(`,${data.lines[0]!.columns.y[7]!}\n`)
    expect(text).toContain(',Infinity\n')
    expect(text).toContain(',NaN\n')
  })
  test('says when it is thinned', () => {
    expect(csvText(scalarKind.table(scalarKind.fixtures['zoomed in']!()))).toMatch(/^# .*\n# THINNED/)
  })
  test('a label cannot become a formula and commas are quoted', () => {
    const text = csvText({
      comments: [],
      header: ['a', 'b'],
      rows: [
        ['=cmd|x', 'p, "q"'],
        ['-Infinity', -1.5],
      ],
    })
    expect(text).toBe(`a,b\n'=cmd|x,"p, ""q"""\n-Infinity,-1.5\n`)
  })
  test('a title becomes a file name', () => {
    expect(fileName('train/loss: all', 'csv')).toBe('train-loss-all.csv')
    expect(fileName('///', 'svg')).toBe('chart.svg')
  })
})

describe('sparkline', () => {
  test('breaks at NaN and marks it', () => {
    const { d, marks, dots } = sparklinePath({ x: null, y: [1, 2, Number.NaN, 4, 3, Number.POSITIVE_INFINITY, 1] }, 63, 13)
    expect(d.match(/M/g)).toHaveLength(2)
    expect(marks).toHaveLength(2)
    expect(dots).toHaveLength(1)
  })
  test('holds in huge and in constant series', () => {
    const huge = sparklinePath({ x: null, y: [-Number.MAX_VALUE, Number.MAX_VALUE] }, 60, 12)
    expect(huge.d).toBe('M1.5 10.5L58.5 1.5')
    expect(sparklinePath({ x: null, y: [2, 2] }, 60, 12).d).toBe('M1.5 6L58.5 6')
    expect(sparklinePath({ x: null, y: [] }, 60, 12)).toEqual({ d: '', dots: [], marks: [] })
  })
})
