import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PixelPath } from '../../app/_charts/xy/pixel-path.ts'

/** Corners of a line given as [x, y] or a gap (null). */
function cornersOf(line: ([number, number] | null)[]): [number, number, boolean][] {
  const corners: [number, number, boolean][] = []
  const path = new PixelPath((x, y, afterGap) => corners.push([x, y, afterGap]))
  for (const point of line) {
    if (point === null) path.gap()
    else path.add(...point)
  }
  path.end()
  return corners
}

describe('a path thinned to pixels', () => {
  it('keeps a line of one point a column as it is', () => {
    expect(
      cornersOf([
        [0.5, 1],
        [1.5, 5],
        [2.5, 3],
      ]),
    ).toEqual([
      [0.5, 1, true],
      [1.5, 5, false],
      [2.5, 3, false],
    ])
  })

  it('begins anew after a gap', () => {
    expect(cornersOf([[0, 1], null, null, [0.2, 2], [1, 3]])).toEqual([
      [0, 1, true],
      [0.2, 2, true],
      [1, 3, false],
    ])
  })

  it('draws at most four corners a column, with its ends and extremes, in order', () => {
    const ascending = fc.uniqueArray(fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
      minLength: 1,
      maxLength: 300,
    })
    fc.assert(
      fc.property(ascending, (points) => {
        points.sort((a, b) => a[0] - b[0])
        const corners = cornersOf(points)
        for (let column = 0; column <= 20; column++) {
          const logged = points.filter(([x]) => Math.floor(x) === column)
          const drawn = corners.filter(([x]) => Math.floor(x) === column)
          if (logged.length === 0) {
            expect(drawn).toEqual([])
            continue
          }
          expect(drawn.length).toBeLessThanOrEqual(4)
          expect(drawn[0]?.slice(0, 2)).toEqual(logged[0])
          expect(drawn.at(-1)?.slice(0, 2)).toEqual(logged.at(-1))
          const heights = (list: { 1: number }[]) => [Math.min(...list.map((p) => p[1])), Math.max(...list.map((p) => p[1]))]
          expect(heights(drawn)).toEqual(heights(logged))
        }
        const places = corners.map((corner) => points.findIndex((point) => point[0] === corner[0] && point[1] === corner[1]))
        expect(places).toEqual([...places].sort((a, b) => a - b))
      }),
    )
  })
})
