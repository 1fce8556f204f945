import { describe, expect, it } from 'vitest'
import { updateRatioVerdicts } from '../../../core/diagnosis/update-ratio-verdict.ts'
import type { Log10RatioHistogram } from '../../../core/kinds/histogram.ts'
import { type Columns, curve, diagnose } from './curves.ts'
import { denseModel, inside, sampled, stuck } from './inside.ts'

const of = (ratios: Record<string, Columns>, more: Record<string, Columns> = {}) => {
  const series: Record<string, Columns> = { 'train/loss': stuck(), ...more }
  for (const [layer, ratio] of Object.entries(ratios)) series[`update-ratio/${layer}`] = ratio
  return updateRatioVerdicts(diagnose(series).view())
}
const steady = (ratio: number) => sampled(600, () => ratio, 0)

describe('the verdict on update ratios', () => {
  it('follows the bands around 1e-3', () => {
    const bands: [number, string, string | null][] = [
      [2e-6, 'warning', 'low'],
      [5e-5, 'info', 'low'],
      [1e-3, 'ok', null],
      [9e-3, 'ok', null],
      [2e-2, 'info', 'high'],
      [5e-2, 'warning', 'high'],
      [0.2, 'critical', 'high'],
    ]
    for (const [ratio, verdict, side] of bands) expect(of({ a: steady(ratio) }).layers).toMatchObject([{ layer: 'a', ratio, verdict, side }])
  })

  it('suggests a factor towards 1e-3, tenfold at most, and none where all is well', () => {
    const factors = [2e-6, 5e-5, 1e-3, 5e-3, 2e-2, 0.2].map((ratio) => of({ a: steady(ratio) }).factor)
    expect(factors.map((factor) => factor && Number(factor.toPrecision(3)))).toEqual([10, 10, null, null, 0.1, 0.1])
    expect(of({ a: steady(2e-2) }).layers[0]?.factor).toBe(0.1)
    // One rate for all: the layer in the middle decides.
    expect(of({ a: steady(1e-3), b: steady(2e-3), c: steady(0.2) }).factor).toBeNull()
  })

  it('reads the part of the run in which the rate was in force', () => {
    const rate = curve(600, (share) => (share < 0.2 ? 1e-4 : share < 0.6 ? 0.1 : 1e-4))
    const ratio = sampled(600, (share) => (share < 0.2 ? 2e-6 : share < 0.6 ? 2e-3 : 2e-6), 0)
    expect(of({ a: ratio }, { lr: rate }).layers).toMatchObject([{ ratio: 2e-3, now: 2e-6, verdict: 'ok' }])
  })

  it('does not call small updates a fault once the loss has come down', () => {
    const learned = curve(600, (share) => 2.3 * Math.exp(-8 * share))
    expect(of({ a: steady(2e-6) }, { 'train/loss': learned }).layers).toMatchObject([
      { verdict: 'info', says: expect.stringContaining('has learned its task') },
    ])
  })

  it('says why a layer is not judged, and calls one that stands still despite a gradient critical', () => {
    const diagnosis = diagnose(
      inside({
        'update-ratio/hidden1': sampled(600, () => 0),
        'update-ratio/dense/bias': steady(5),
        'update-ratio/tiny': steady(0.5),
        'update-ratio/new': { step: [590], value: [0.1] },
      }),
    )
    diagnosis.addRecord('model', 'model', 0, denseModel(['tiny'], 4, [4, 4]))
    const { layers } = updateRatioVerdicts(diagnosis.view())
    expect(Object.fromEntries(layers.map(({ layer, verdict }) => [layer, verdict]))).toEqual({
      hidden1: 'critical',
      'dense/bias': null,
      tiny: null,
      new: null,
      output: 'ok',
    })
    expect(layers.find(({ layer }) => layer === 'tiny')?.says).toBe('tiny is not judged: fewer than 64 weights: so few move fast.')
    expect(layers.find(({ layer }) => layer === 'new')?.says).toContain('3 samples')
  })

  it('reads the median off histograms where the ratios themselves were not logged', () => {
    const diagnosis = diagnose({ 'train/loss': stuck(), 'update-ratio/exact': steady(1e-3) })
    const at = (bin: number): Log10RatioHistogram => {
      const counts = Array<number>(80).fill(0)
      counts[bin] = 100
      return { layout: 'log10-ratio', counts, zero: 0, underflow: 0, overflow: 0, tinyWeight: 0, nonFinite: 0 }
    }
    for (let step = 0; step < 600; step += 10) {
      // The bins of −1 and of −7.
      diagnosis.addRecord('histogram', 'update-ratio-histogram/seen', step, at(56))
      diagnosis.addRecord('histogram', 'update-ratio-histogram/exact', step, at(8))
      diagnosis.addRecord('histogram', 'weights/seen', step, at(56))
    }
    const { layers } = updateRatioVerdicts(diagnosis.view())
    expect(layers).toMatchObject([
      { layer: 'exact', ratio: 1e-3, verdict: 'ok' },
      { layer: 'seen', series: 'update-ratio-histogram/seen', verdict: 'critical' },
    ])
    expect(layers[1]?.ratio).toBeCloseTo(10 ** (-1 + 1 / 16), 6)
  })

  it('goes from the input to the output, and calms about embeddings', () => {
    const diagnosis = diagnose({ 'train/loss': stuck(), 'update-ratio/z-embedding': steady(0.3), 'update-ratio/a-head': steady(1e-3) })
    diagnosis.addRecord('model', 'model', 0, denseModel(['z-embedding', 'a-head']))
    expect(updateRatioVerdicts(diagnosis.view()).layers).toMatchObject([
      { layer: 'z-embedding', verdict: 'info', says: expect.stringContaining('embeddings move faster') },
      { layer: 'a-head', verdict: 'ok' },
    ])
    expect(updateRatioVerdicts(diagnose({}).view())).toEqual({ layers: [], factor: null })
  })
})
