import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matrixCellText } from '../../app/_charts/confusion-matrix/cell-text.ts'
import { confusionMatrixKind } from '../../app/_charts/confusion-matrix/kind.ts'
import { amountText, cellColour, strength, textOn } from '../../app/_charts/confusion-matrix/matrix-colour.ts'
import type { ConfusionMatrixData } from '../../app/_charts/confusion-matrix/matrix-data.ts'
import { cellAt, matrixGrid } from '../../app/_charts/confusion-matrix/matrix-grid.ts'
import { zoomAbout, zoomTo } from '../../app/_charts/confusion-matrix/matrix-zoom.ts'
import { worstConfusions } from '../../app/_charts/confusion-matrix/worst-confusions.ts'
import { csvText } from '../../app/_charts/csv-text.ts'
import { LIGHT_LOOK } from '../../app/_charts/look.ts'
import { renderSvg } from '../../app/_charts/render-svg.ts'
import { linearRgb } from '../../core/colour.ts'

function data(counts: number[][], change: Partial<ConfusionMatrixData> = {}): ConfusionMatrixData {
  const classes = counts.map((_, i) => `c${i}`)
  return { title: 'Matrix', value: { split: 'test', classes, counts, unplaced: classes.map(() => 0) }, normalise: 'counts', view: null, ...change }
}
const many = (n: number) =>
  data(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? 9 : (i * 7 + j) % 3 === 0 ? 1 : 0))))

describe('the grid of a confusion matrix', () => {
  test('shares are of the true class in rows and of the predicted class in columns', () => {
    const grid = matrixGrid(
      data([
        [8, 2],
        [5, 15],
      ]),
    )
    expect(cellAt(grid, 0, 1)).toMatchObject({ count: 2, right: false, ofTruth: 0.2, ofPredicted: 2 / 17 })
    expect(cellAt(grid, 1, 1)).toMatchObject({ right: true, ofTruth: 0.75 })
    expect(cellAt(grid, 2, 0)).toBeNull()
  })
  test('examples without a prediction count for the true class', () => {
    const sample = data([
      [8, 0],
      [0, 10],
    ])
    sample.value.unplaced[0] = 2
    expect(cellAt(matrixGrid(sample), 0, 0)?.ofTruth).toBe(0.8)
    expect(confusionMatrixKind.notes(sample).join(' ')).toMatch(/18 of 20 right.*2 examples without a prediction/)
  })
  test('no share where there is nothing to divide by', () => {
    const cell = cellAt(
      matrixGrid(
        data([
          [0, 0],
          [3, 0],
        ]),
      ),
      0,
      1,
    )!
    expect([cell.ofTruth, cell.ofPredicted]).toEqual([null, null])
    expect(matrixCellText(['a', 'b'], cell)).toEqual(['a taken for b', '0 examples', 'no examples of the true class', 'never predicted'])
  })
  test('many classes share cells; no count is lost, and the notes say so', () => {
    const sample = many(250)
    const grid = matrixGrid(sample)
    expect([grid.rows.length, grid.rowBlock, grid.rows.at(-1)]).toEqual([84, 3, [249, 250]])
    expect(grid.counts.reduce((a, b) => a + b, 0)).toBe(sample.value.counts.flat().reduce((a, b) => a + b, 0))
    expect(confusionMatrixKind.notes(sample).join(' ')).toContain('Up to 3 × 3 neighbouring classes are added in a cell')
  })
  test('a zoomed view keeps the shares of all classes', () => {
    const sample = { ...many(250), view: { rows: [10, 20] as const, columns: [10, 20] as const } }
    const grid = matrixGrid(sample)
    expect([grid.rows.length, grid.rowBlock]).toEqual([10, 1])
    const total = sample.value.counts[10]!.reduce((a, b) => a + b, 0)
    expect(cellAt(grid, 0, 0)).toMatchObject({ count: 9, ofTruth: 9 / total })
  })
})

describe('zooming a confusion matrix', () => {
  const grid = matrixGrid(many(40))
  test('goes to the rows and columns of a drag, in either direction', () => {
    const view = zoomTo(grid, cellAt(grid, 12, 30)!, cellAt(grid, 4, 20)!, 40)
    expect(view).toEqual({ rows: [4, 13], columns: [20, 31] })
    expect(zoomTo(grid, cellAt(grid, 0, 0)!, cellAt(grid, 39, 39)!, 40)).toBeNull()
  })
  test('stays within the classes, whatever is asked for', () => {
    fc.assert(
      fc.property(fc.nat(39), fc.nat(39), fc.constantFrom(0.5, 2), fc.nat(5), (row, column, factor, times) => {
        let view: ReturnType<typeof zoomAbout> = null
        for (let i = 0; i <= times; i++) {
          view = zoomAbout(view, cellAt(grid, row, column)!, factor, 40)
          for (const [from, to] of view ? [view.rows, view.columns] : []) {
            expect(from).toBeGreaterThanOrEqual(0)
            expect(to).toBeLessThanOrEqual(40)
            expect(to - from).toBeGreaterThanOrEqual(2)
          }
        }
      }),
    )
  })
})

describe('what a confusion matrix says', () => {
  test('the worst confusions, most examples first, the diagonal left out', () => {
    const { value } = data([
      [90, 3, 7],
      [7, 50, 0],
      [0, 1, 10],
    ])
    expect(worstConfusions(value, 3)).toEqual([
      { truth: 0, predicted: 2, count: 7, ofTruth: 0.07 },
      { truth: 1, predicted: 0, count: 7, ofTruth: 7 / 57 },
      { truth: 0, predicted: 1, count: 3, ofTruth: 0.03 },
    ])
  })
  test('the worst of a million counts are the same as by sorting all', () => {
    const { value } = many(300)
    value.counts[299]![0] = 77
    value.counts[5]![6] = 78
    const all = value.counts.flatMap((row, truth) =>
      row.flatMap((count, predicted) => (truth === predicted || count === 0 ? [] : [{ truth, predicted, count }])),
    )
    const sorted = all.sort((a, b) => b.count - a.count || a.truth - b.truth || a.predicted - b.predicted).slice(0, 20)
    expect(worstConfusions(value, 20).map(({ ofTruth: _, ...rest }) => rest)).toEqual(sorted)
  })
  test('rounding makes neither all of less nor nothing of something', () => {
    expect([1, 0.9999, 0.5, 0.0004, 0].map((share) => amountText(share, 'rows'))).toEqual(['100', '99.9', '50.0', '<.1', '0'])
    expect([0.9999, 0.004].map((share) => amountText(share, 'columns', 0))).toEqual(['99', '<1'])
    expect(amountText(null, 'rows')).toBe('')
  })
  test('a single error has a colour of its own, and texts stand out on every colour', () => {
    expect(strength(1, 1e6)).toBeGreaterThan(0)
    const luminance = (colour: string) => linearRgb(colour).reduce((sum, channel, i) => sum + channel * [0.2126, 0.7152, 0.0722][i]!, 0)
    for (const theme of ['light', 'dark'] as const)
      for (let i = 0; i <= 20; i++)
        for (const right of [true, false]) {
          const [low, high] = [cellColour(i / 20, right, theme), textOn(cellColour(i / 20, right, theme))].map(luminance).sort((a, b) => a - b)
          expect((high! + 0.05) / (low! + 0.05)).toBeGreaterThanOrEqual(4.5)
        }
  })
  test('its file has a row per true class; names cannot become formulas or markup', () => {
    const sample = data([
      [1, 2],
      [3, 4],
    ])
    sample.value.classes = ['=1+1', '<script>"&']
    expect(csvText(confusionMatrixKind.table(sample))).toMatch(/true class,'=1\+1,"<script>""&",no_prediction\n'=1\+1,1,2,0\n"<script>""&",3,4,0\n$/)
    const svg = renderSvg(confusionMatrixKind, sample, LIGHT_LOOK, { width: 400, height: 360 })
    expect(svg).not.toContain('<script')
    expect(svg).toContain('&lt;script&gt;&quot;&amp;')
  })
  test('an empty matrix is drawn and described without a crash', () => {
    const empty = data([[0]])
    expect(confusionMatrixKind.summary(empty)).toBe('Matrix: no examples.')
    expect(renderSvg(confusionMatrixKind, empty, LIGHT_LOOK, { width: 300, height: 300 })).toContain('<svg')
  })
})
