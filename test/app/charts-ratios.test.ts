import { describe, expect, test } from 'vitest'
import { sampleColumns } from '../../app/_charts/fixtures/sample-columns.ts'
import { cellText } from '../../app/_charts/heatmap/cell-text.ts'
import { cellGrid, type HeatmapData } from '../../app/_charts/heatmap/cells.ts'
import { heatmapKind } from '../../app/_charts/heatmap/kind.ts'
import { cellKind } from '../../app/_charts/heatmap/scale.ts'
import { counterText, ratioHistogramKind } from '../../app/_charts/ratio-histogram/kind.ts'
import { decadeRange, elements, medianLog, mergeSlices, type Slice } from '../../app/_charts/ratio-histogram/slices.ts'

const columns = (values: number[], every = 10) => sampleColumns(values, { smoothing: { kind: 'none' }, step: (i) => i * every, width: 2048 })
const map = (...layers: number[][]): HeatmapData => ({
  title: 'Update ratios',
  quantity: 'update-ratio',
  view: null,
  layers: layers.map((values, i) => ({ layer: `dense_${i}`, columns: columns(values) })),
})

describe('cells of the heat map', () => {
  test('one column per measured step, bordered half-way', () => {
    const { cells, columns: count } = cellGrid(map([1e-3, 1e-4, 1e-5]))
    expect(count).toBe(3)
    expect(cells.map((cell) => [cell.from, cell.to])).toEqual([
      [-5, 5],
      [5, 15],
      [15, 25],
    ])
    expect(cells.map((cell) => cell.median)).toEqual([-3, -4, -5])
  })
  test('neighbours are merged when there are more steps than columns, and none is lost', () => {
    const { cells, columns: count, steps } = cellGrid(map(Array.from({ length: 1000 }, (_, i) => 10 ** -(2 + (i % 3)))), 100)
    expect([count, steps]).toEqual([100, 1000])
    expect(cells.reduce((sum, cell) => sum + cell.n, 0)).toBe(1000)
    expect(cells.every((cell) => cell.median === -3)).toBe(true)
  })
  test('zero and non-finite cells are told apart from ratios', () => {
    const { cells } = cellGrid(map([1e-3, 0, Number.NaN, Number.POSITIVE_INFINITY]))
    expect(cells.map(cellKind)).toEqual(['value', 'zero', 'not finite', 'not finite'])
    expect(cellText(map([1e-3, 0]), cells[1]!)).toContain('1 × zero: nothing moved')
  })
  test('one bad value marks the whole cell', () => {
    const values = Array.from({ length: 100 }, (_, i) => (i === 42 ? Number.NaN : 1e-3))
    expect(cellGrid(map(values), 10).cells.filter((cell) => cellKind(cell) === 'not finite')).toHaveLength(1)
  })
  test('layers measured at different steps share the columns', () => {
    const data: HeatmapData = {
      title: 't',
      quantity: 'update-ratio',
      view: null,
      layers: [
        { layer: 'a', columns: columns([1e-3, 1e-3], 20) },
        { layer: 'b', columns: columns([1e-3, 1e-3, 1e-3], 10) },
      ],
    }
    const { cells } = cellGrid(data)
    expect(cells.map((cell) => [cell.row, cell.firstStep])).toEqual([
      [0, 0],
      [0, 20],
      [1, 0],
      [1, 10],
      [1, 20],
    ])
  })
  test('only what is in view', () => {
    expect(cellGrid({ ...map([1, 1, 1, 1]), view: [5, 25] }).cells.map((cell) => cell.firstStep)).toEqual([10, 20])
  })
  test('the notes say how much is in the healthy band and what is not a ratio', () => {
    expect(heatmapKind.notes(map([1e-3, 1e-6], [0, Number.NaN])).join(' ')).toMatch(/50 % of the cells.*1 cell with ratio 0.*1 cell with NaN or Inf/)
  })
})

describe('slices of the ratio histogram', () => {
  const slice = (step: number, bin: number, extra: Partial<Slice['histogram']> = {}): Slice => {
    const counts = new Array<number>(80).fill(0)
    counts[bin] = 10
    return {
      firstStep: step,
      lastStep: step,
      merged: 1,
      histogram: { layout: 'log10-ratio', counts, zero: 0, underflow: 0, overflow: 0, tinyWeight: 0, nonFinite: 0, ...extra },
    }
  }
  const many = Array.from({ length: 45 }, (_, i) => slice(i * 10, 30 + (i % 10), { zero: i }))

  test('merging adds counts and loses nothing', () => {
    const merged = mergeSlices(many, 20)
    expect(merged).toHaveLength(20)
    const sum = (list: Slice[]) => list.reduce((total, one) => total + elements(one.histogram), 0)
    expect(sum(merged)).toBe(sum(many))
    expect(merged.reduce((total, one) => total + one.merged, 0)).toBe(45)
    expect([merged[0]!.firstStep, merged.at(-1)!.lastStep]).toEqual([0, 440])
  })
  test('few slices stay as they are', () => {
    expect(mergeSlices(many.slice(0, 5), 20)).toEqual(many.slice(0, 5))
  })
  test('the median is that of the weights that have a ratio', () => {
    expect(medianLog(slice(0, 40).histogram)).toBeCloseTo(-3 + 1 / 16)
    expect(medianLog(slice(0, 40, { zero: 11 }).histogram)).toBe(Number.NEGATIVE_INFINITY)
  })
  test('the axis is widened by decades where something is', () => {
    expect(decadeRange([slice(0, 40)])).toEqual([-6, 0])
    expect(decadeRange([slice(0, 0), slice(1, 79)])).toEqual([-8, 2])
  })
  test('all five counters are said, zeros too', () => {
    expect(counterText(slice(0, 40, { zero: 10 }))).toBe('zero update 50 % · below 1e-8 0 · above 100 0 · weight ≈ 0 0 · NaN or Inf 0')
  })
  test('records of another layout are counted, not hidden', () => {
    const data = { title: 't', layer: 'dense', slices: many.slice(0, 2), records: 5, otherLayout: 3, view: 'ridgeline' as const, index: 1 }
    expect(ratioHistogramKind.notes(data).join(' ')).toContain('3 records of another layout are not shown')
  })
})
