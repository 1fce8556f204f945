import { describe, expect, test } from 'vitest'
import { LIGHT_LOOK } from '../../app/_charts/look.ts'
import { prCurveKind } from '../../app/_charts/pr-curve/kind.ts'
import { curveLook, meanAveragePrecision, type PrCurveData, rankedCurves, shownAtFirst } from '../../app/_charts/pr-curve/pr-data.ts'
import { nearestPoint, pixelOf, prPointText, stepPoint } from '../../app/_charts/pr-curve/pr-reading.ts'
import { lowestPrecision, prScene, prShapes } from '../../app/_charts/pr-curve/pr-scene.ts'
import type { PrCurve } from '../../core/kinds/values.ts'

const curve = (name: string, averagePrecision: number | null, change: Partial<PrCurve> = {}): PrCurve => ({
  class: name,
  precision: [1, 0.8, 0.5],
  recall: [0.5, 1, 1],
  threshold: [0.9, 0.4, '-Infinity'],
  averagePrecision,
  positives: 4,
  points: 3,
  ...change,
})
function data(curves: PrCurve[], change: Partial<PrCurveData> = {}): PrCurveData {
  const value = { split: 'test', curves, examples: 20, nanScores: 0, thinned: curves.some((one) => one.points > one.precision.length) }
  return { title: 'PR', value, shown: shownAtFirst(value), fitted: false, ...change }
}
const size = { width: 400, height: 300 }

describe('which curves are shown', () => {
  test('all of few classes, the worst of many', () => {
    const many = Array.from({ length: 30 }, (_, i) => curve(`c${i}`, i === 3 ? null : ((i * 7) % 30) / 30))
    expect(shownAtFirst(data(many.slice(0, 10)).value)).toHaveLength(10)
    const worst = shownAtFirst(data(many).value)
    expect(worst).toHaveLength(5)
    const limit = Math.max(...worst.map((index) => many[index]!.averagePrecision!))
    expect(many.filter((one) => one.averagePrecision !== null && one.averagePrecision < limit)).toHaveLength(4)
    expect(worst).not.toContain(3)
    expect(rankedCurves(many, 'best', 1)).toEqual([many.findIndex((one) => one.averagePrecision === 29 / 30)])
  })
  test('a class keeps its look, and no two of the first forty look alike', () => {
    expect(new Set(Array.from({ length: 40 }, (_, i) => JSON.stringify(curveLook(i)))).size).toBe(40)
  })
})

describe('what a precision-recall chart says', () => {
  test('the mean is over the classes that have positives', () => {
    const value = data([curve('a', 0.5), curve('b', 1), curve('c', null)]).value
    expect(meanAveragePrecision(value)).toEqual({ mean: 0.75, of: 2 })
    expect(meanAveragePrecision(data([curve('c', null)]).value)).toBeNull()
    expect(prCurveKind.notes(data(value.curves)).join(' ')).toContain('Mean average precision 0.7500 over 2 classes (1 without positives left out)')
  })
  test('thinning and left-out examples are said', () => {
    const thinned = data([curve('a', 0.5, { points: 900 })])
    thinned.value.nanScores = 2
    expect(prCurveKind.notes(thinned).join(' ')).toMatch(/3 of 900 points.*2 examples with NaN scores are left out/)
    expect(prCurveKind.table(thinned).comments.join(' ')).toContain('THINNED')
  })
  test('the file has every point with its threshold', () => {
    expect(prCurveKind.table(data([curve('a', 0.9)])).rows.at(-1)).toEqual(['a', 0.9, 4, 3, Number.NEGATIVE_INFINITY, 1, 0.5])
  })
})

describe('drawing and reading', () => {
  test('a threshold holds for the recall it gains: steps, not slopes', () => {
    const scene = prScene(data([curve('a', 0.9)]), LIGHT_LOOK, size)
    const path = prShapes(scene, LIGHT_LOOK).find((shape) => shape.tag === 'path')!.attributes.d as string
    expect(path).toMatch(/^M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+V[\d.]+H[\d.]+$/)
  })
  test('the fitted axis begins below the lowest precision that still finds something', () => {
    expect(lowestPrecision(data([curve('a', 0.9)], { fitted: true }))).toBe(0.75)
    expect(lowestPrecision(data([curve('a', 0.9)]))).toBe(0)
    expect(lowestPrecision(data([curve('a', 0.9)], { fitted: true, shown: [] }))).toBe(0.95)
  })
  test('the nearest point is read with its threshold; arrows go along and between curves', () => {
    const scene = prScene(
      data([curve('a', 0.9), curve('none', null, { precision: [], recall: [], threshold: [], points: 0 }), curve('b', 0.8)]),
      LIGHT_LOOK,
      size,
    )
    const [x, y] = pixelOf(scene, 1, 0.8)
    const at = nearestPoint(scene, x + 3, y - 2)!
    expect(at).toEqual({ curve: 0, point: 1 })
    expect(prPointText(scene, at)).toEqual(['a, AP 0.900', 'precision 0.8', 'recall 1 of 4', 'scores from 0.4 up'])
    expect(stepPoint(scene, 'ArrowRight', at)).toEqual({ curve: 0, point: 2 })
    expect(stepPoint(scene, 'ArrowDown', at)).toEqual({ curve: 2, point: 1 })
    expect(stepPoint(scene, 'ArrowDown', { curve: 2, point: 1 })).toEqual({ curve: 2, point: 1 })
    expect(stepPoint(scene, 'x', at)).toBeNull()
  })
})
