import { describe, expect, test } from 'vitest'
import { sampleColumns } from '../../app/_charts/fixtures/sample-columns.ts'
import { cellText, gapText } from '../../app/_charts/heatmap/cell-text.ts'
import { cellGrid, type HeatmapData } from '../../app/_charts/heatmap/cells.ts'
import { heatmapKind } from '../../app/_charts/heatmap/kind.ts'
import { heatmapScene } from '../../app/_charts/heatmap/layout.ts'
import { markElements } from '../../app/_charts/heatmap/mark-elements.ts'
import type { RowMark } from '../../app/_charts/heatmap/row-mark.ts'
import { LIGHT_LOOK } from '../../app/_charts/look.ts'
import { renderSvg } from '../../app/_charts/render-svg.ts'
import { layerMarks } from '../../app/_findings/layer-marks.ts'

const columns = sampleColumns([1e-3, 1e-2, 1e-1], { smoothing: { kind: 'none' }, step: (i) => i, width: 2048 })
const map = (...marks: (RowMark | undefined)[]): HeatmapData => ({
  title: 'Update ratios',
  quantity: 'update-ratio',
  view: null,
  layers: marks.map((mark, i) => ({ layer: `dense_${i}`, columns, mark })),
})
const critical: RowMark = { level: 'critical', says: 'It moves too far.', factor: 0.1 }
const well: RowMark = { level: 'ok', says: 'It learns well.', factor: null }
const SIZE = { width: 600, height: 240 }

describe('marks beside the rows of a heat map', () => {
  test('the tip of a cell and of a gap says the sentence and the learning rate', () => {
    const data = map(critical, undefined)
    const { cells } = cellGrid(data)
    expect(cellText(data, cells[0]!).slice(-2)).toEqual(['critical: It moves too far.', 'suggested learning rate × 0.1'])
    expect(gapText(data, cells[0]!)).toContain('critical: It moves too far.')
    expect(cellText(data, cells.at(-1)!).join(' ')).not.toMatch(/learning rate/)
  })
  test('description and notes count them and tell what the signs mean', () => {
    const data = map(well, critical, undefined)
    expect(heatmapKind.summary(data)).toContain('Verdicts: dense_1 critical: It moves too far. suggested learning rate × 0.1; 1 ok.')
    expect(heatmapKind.notes(data)).toContain('Marks beside names: 1 × critical (octagon with !), 1 × ok (tick).')
    expect(heatmapKind.notes(map(undefined)).join(' ')).not.toMatch(/Marks/)
  })
  test('the table has verdict columns only where there are verdicts', () => {
    const table = heatmapKind.table(map(critical, undefined))
    expect(table.header.slice(-2)).toEqual(['verdict', 'learning_rate_factor'])
    expect(table.rows[0]!.slice(-2)).toEqual(['critical', 0.1])
    expect(table.rows.at(-1)!.slice(-2)).toEqual(['', ''])
    expect(table.comments).toContain('dense_0: critical: It moves too far. suggested learning rate × 0.1')
    expect(heatmapKind.table(map(undefined)).header).toHaveLength(4)
  })
  test('they are drawn, each level in a shape of its own, and in the exported picture', () => {
    const levels = (['critical', 'warning', 'info', 'ok'] as const).map((level) => ({ ...well, level }))
    const scene = heatmapScene(map(...levels, undefined), LIGHT_LOOK, SIZE)
    const shapes = new Map<unknown, unknown[]>()
    for (const { name, type } of markElements(scene, LIGHT_LOOK)) shapes.set(name, [...(shapes.get(name) ?? []), type])
    expect(Object.fromEntries(shapes)).toEqual({
      'mark-critical': ['polygon', 'line', 'line'],
      'mark-warning': ['circle', 'line', 'line'],
      'mark-info': ['circle', 'line', 'line'],
      'mark-ok': ['polyline'],
    })
    const picture = (data: HeatmapData) => renderSvg(heatmapKind, data, LIGHT_LOOK, SIZE)
    expect(picture(map(critical))).toContain(LIGHT_LOOK.danger)
    expect(picture(map(undefined))).not.toContain(LIGHT_LOOK.danger)
  })
  test('of hundreds of rows the gravest are named and marked, none on top of another', () => {
    const marks = Array.from({ length: 300 }, (_, i) => (i === 7 || i === 151 ? critical : well))
    const { named, plot } = heatmapScene(map(...marks), LIGHT_LOOK, SIZE)
    expect(named).toContain(7)
    expect(named).toContain(151)
    const apart = named.slice(1).map((row, i) => ((row - named[i]!) * plot.height) / 300)
    expect(Math.min(...apart)).toBeGreaterThan(LIGHT_LOOK.fontSize)
  })
  test('a map without marks keeps its place', () => {
    const { markRoom, named } = heatmapScene(map(undefined, undefined), LIGHT_LOOK, SIZE)
    expect([markRoom, named]).toEqual([0, [0, 1]])
  })
})

test('verdicts become marks by the name of the layer; one that is not judged has none', () => {
  const marks = layerMarks([
    { series: 'update-ratio/block/conv', verdict: 'warning', says: 'Slow.', factor: 3 },
    { series: 'update-ratio/frozen', verdict: null, says: 'Not judged.', factor: null },
  ])
  expect([...marks]).toEqual([['block/conv', { level: 'warning', says: 'Slow.', factor: 3 }]])
})
