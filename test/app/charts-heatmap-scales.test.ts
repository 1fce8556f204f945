import { describe, expect, test } from 'vitest'
import { sampleColumns } from '../../app/_charts/fixtures/sample-columns.ts'
import { cellText, gapText } from '../../app/_charts/heatmap/cell-text.ts'
import { cellGrid, columnsOf, type HeatmapData } from '../../app/_charts/heatmap/cells.ts'
import { heatmapKind } from '../../app/_charts/heatmap/kind.ts'
import { QUANTITIES, type QuantityId, quantityOf } from '../../app/_charts/heatmap/quantities.ts'
import { cellKind, colourRange, legendPlaces, placeColour, placeLabel } from '../../app/_charts/heatmap/scale.ts'
import { divergingColour } from '../../core/colour.ts'

const columns = (values: number[], every = 10) => sampleColumns(values, { smoothing: { kind: 'none' }, step: (i) => i * every, width: 2048 })
const map = (quantity: QuantityId, ...layers: [values: number[], every?: number][]): HeatmapData => ({
  title: 't',
  quantity,
  view: null,
  layers: layers.map(([values, every], i) => ({ layer: `layer_${i}`, columns: columns(values, every) })),
})
const rangeOf = (data: HeatmapData) => colourRange(quantityOf(data.quantity).scale, cellGrid(data).cells)

describe('scales of heat maps', () => {
  test('a fraction goes from 0 to 1 whatever the data, and 0 is a value like any other', () => {
    const data = map('dead-fraction', [[0, 0.25, 0.5]])
    expect(rangeOf(data)).toMatchObject({ low: 0, high: 1 })
    expect(cellGrid(data).cells.map(cellKind)).toEqual(['value', 'value', 'value'])
    expect(placeColour(rangeOf(data), 0, 'light')).toBe(divergingColour(0, 'light'))
    expect(placeColour(rangeOf(data), 1, 'light')).toBe(divergingColour(1, 'light'))
  })
  test('a norm covers the whole decades there are, and says when it is 0', () => {
    const data = map('gradient-norm', [[2e-5, 3e-2, 0]])
    expect(rangeOf(data)).toMatchObject({ low: -5, high: -1 })
    expect(cellGrid(data).cells.map(cellKind)).toEqual(['value', 'value', 'zero'])
    expect(heatmapKind.notes(data).join(' ')).toContain('1 cell with norm 0 (no gradient)')
    expect(cellText(data, cellGrid(data).cells[2]!)).toContain('1 × zero: no gradient')
  })
  test('of too many decades the top is shown and what lies below is said', () => {
    const data = map('gradient-norm', [[1e-30, 1, 5]])
    expect(rangeOf(data)).toMatchObject({ low: -11, high: 1 })
    expect(heatmapKind.notes(data).join(' ')).toContain('1 cell beyond the ends of the scale, in the colour of the end.')
    expect(placeColour(rangeOf(data), -30, 'light')).toBe(placeColour(rangeOf(data), -11, 'light'))
  })
  test('a mean goes as far below 0 as above, to a round number', () => {
    expect(rangeOf(map('activation-mean', [[-0.3, 0.1]]))).toMatchObject({ low: -0.5, high: 0.5 })
    expect(rangeOf(map('activation-mean', [[0, 0]]))).toMatchObject({ low: -1, high: 1 })
  })
  test('NaN alone leaves a scale that can be drawn', () => {
    for (const quantity of Object.keys(QUANTITIES) as QuantityId[]) {
      const { low, high } = rangeOf(map(quantity, [[Number.NaN, Number.POSITIVE_INFINITY]]))
      expect(high).toBeGreaterThan(low)
    }
  })
  test('legends begin and end with the scale and mark the guide', () => {
    for (const quantity of Object.keys(QUANTITIES) as QuantityId[]) {
      const range = rangeOf(map(quantity, [[0.001, 0.02, 0.9]]))
      for (const narrow of [true, false]) {
        const places = legendPlaces(range, narrow)
        expect(places[0]).toBe(range.low)
        expect(places.every((place) => place >= range.low && place <= range.high)).toBe(true)
        expect(places.length).toBeLessThanOrEqual(narrow ? 3 : 5)
        if (range.scale.guide !== null) expect(places).toContain(range.scale.guide)
      }
    }
    expect([placeLabel(QUANTITIES['update-ratio'].scale, -3), placeLabel(QUANTITIES['dead-fraction'].scale, 0.5)]).toEqual(['1e-3', '0.5'])
  })
})

describe('cells of heat maps', () => {
  test('where a layer was not measured is a gap, not a value', () => {
    const data = map('dead-fraction', [[0, 0, 0, 0], 10], [[0.5, 0.5], 20])
    const { cells, gaps } = cellGrid(data)
    expect(cells).toHaveLength(6)
    expect(gaps.map(({ row, column }) => [row, column])).toEqual([
      [1, 1],
      [1, 3],
    ])
    expect(gapText(data, gaps[0]!)).toEqual(['layer_1', 'step 10', 'not measured here'])
    expect(heatmapKind.notes(data).join(' ')).toContain('2 places without a measurement.')
  })
  test('one measurement is read out as it was logged', () => {
    const data = map('activation-std', [[0.1234567]])
    expect(cellText(data, cellGrid(data).cells[0]!)).toEqual(['layer_0', 'step 0', 'standard deviation 0.1234567'])
  })
  test('of an even number the median is the middle on the scale: geometric where it is logarithmic', () => {
    const values = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 1e-4 : 1e-2))
    const middle = (quantity: QuantityId) => cellGrid(map(quantity, [values]), 2).cells[0]!.value
    expect(middle('gradient-norm')).toBeCloseTo(1e-3, 10)
    expect(middle('dead-fraction')).toBeCloseTo((1e-4 + 1e-2) / 2, 10)
  })
  test('hundreds of layers get fewer columns', () => {
    expect(columnsOf(map('dead-fraction', [[1]]))).toBe(120)
    expect(columnsOf({ ...map('dead-fraction'), layers: Array.from({ length: 300 }, (_, i) => ({ layer: `${i}`, columns: columns([1]) })) })).toBe(60)
  })
  test('the file names the quantity', () => {
    const { header, rows } = heatmapKind.table(map('dead-fraction', [[0.5, Number.NaN]]))
    expect(header).toEqual(['run_id', 'layer', 'step', 'dead_fraction'])
    expect(rows.map((row) => row.slice(1))).toEqual([
      ['layer_0', 0, 0.5],
      ['layer_0', 10, 'NaN'],
    ])
  })
})
