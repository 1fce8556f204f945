import { type BandSpread, bandGrid, type SeedCurve, seedBand } from '../../../core/ablation/seed-bands.ts'
import { RUN_PALETTE } from '../../../core/colour.ts'
import { accuracyCurve, lossCurve } from '../fixtures/sample-columns.ts'
import type { BandFacts, SeedBandsData } from './band-data.ts'
import { bandLine } from './band-line.ts'

const curve = (values: number[], change: Partial<SeedCurve> = {}): SeedCurve => ({
  x: values.map((_, i) => i + 1),
  y: values,
  nonFiniteX: [],
  exact: true,
  ...change,
})

/** A chart of these variants, as the study page makes it. */
function bands(title: string, variants: Record<string, SeedCurve[]>, spread: BandSpread = 'sd', change: Partial<SeedBandsData> = {}): SeedBandsData {
  const grid = bandGrid(Object.values(variants).flat())
  const facts: Record<string, BandFacts> = {}
  const lines = Object.entries(variants).map(([label, curves], i) => {
    const band = seedBand(curves, spread, 0.95, grid)
    facts[label] = { seeds: band.seeds, partial: band.partial, nonFinite: band.nonFinite }
    return bandLine(band, { key: label, name: title, label, colour: RUN_PALETTE[i % RUN_PALETTE.length]!, dash: 'solid' })
  })
  return {
    title,
    lines,
    x: { kind: 'step' },
    smoothing: { kind: 'none' },
    view: null,
    logY: false,
    clipOutliers: false,
    spread,
    level: 0.95,
    bin: grid.bin,
    facts,
    leftOut: 0,
    ...change,
  }
}

const accuracies = (to: number, seeds: number, epochs = 20) =>
  Array.from({ length: seeds }, (_, seed) => curve(accuracyCurve(epochs, seed + Math.round(to * 100), { to, noise: 0.06 })))

export const seedBandsFixtures: Record<string, () => SeedBandsData> = {
  'three variants': () =>
    bands('val/accuracy', { 'full model': accuracies(0.95, 5), 'w/o attention': accuracies(0.88, 5), 'w/o dropout': accuracies(0.93, 5) }),
  'confidence interval, one of one seed': () => bands('val/accuracy', { base: accuracies(0.95, 4), 'w/o norm': accuracies(0.8, 1) }, 'ci'),
  'unequal lengths': () =>
    bands('val/accuracy', { base: [...accuracies(0.95, 2, 30), ...accuracies(0.95, 2, 18)], 'w/o norm': accuracies(0.85, 4, 12) }, 'min-max'),
  'binned, log y': () => {
    const long = (seed: number, offset: number) => {
      const values = lossCurve(900, seed, { to: 0.02 })
      return curve(values, { x: values.map((_, i) => i * 7 + offset), exact: false, nonFiniteX: seed === 1 ? [70] : [] })
    }
    return bands('train/loss', { base: [long(1, 0), long(2, 3), long(3, 5)] }, 'sd', { logY: true, leftOut: 3 })
  },
  'no variants': () => bands('val/accuracy', {}),
}
