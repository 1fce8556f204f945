import type { SeedBand } from '../../../core/ablation/seed-bands.ts'
import type { XyLine } from '../xy/xy-data.ts'

/** A mean over seeds as a line of a chart, with its band. */
export function bandLine(band: SeedBand, line: Pick<XyLine, 'key' | 'name' | 'label' | 'colour' | 'dash'>): XyLine {
  const none = new Float64Array(0)
  return {
    ...line,
    runId: line.key,
    columns: {
      runId: line.key,
      name: line.name,
      x: band.x,
      y: band.mean,
      step: band.x,
      // Means over runs were logged at no time.
      wall: new Float64Array(band.x.length).fill(Number.NaN),
      smoothX: none,
      smoothY: none,
      smoothExact: true,
      smoothNote: null,
      nonFiniteX: none,
      nonFiniteKind: new Uint8Array(0),
      abandonedX: none,
      abandonedY: none,
      n: band.x.length,
      nonFinite: 0,
      superseded: 0,
      exact: true,
      extent: band.x.length > 0 ? [band.x[0]!, band.x.at(-1)!] : null,
      total: band.x.length,
    },
    band: { x: band.x, low: band.low, high: band.high, n: band.n },
  }
}
