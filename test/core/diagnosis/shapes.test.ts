import { describe, expect, it } from 'vitest'
import { shapesOf } from '../../../core/diagnosis/shapes/shapes.ts'
import { type Columns, curve, diagnose, falling } from './curves.ts'

function shapes(series: Record<string, Columns>, chart = 'loss'): [string, string][] {
  return shapesOf(diagnose(series).results().findings)
    .filter((one) => one.chart === chart)
    .map(({ kind, series: name }) => [kind, name])
}

describe('the shapes on the main charts', () => {
  it('names what the lecture names, with the stretch it is seen in', () => {
    const late = curve(1500, (share) => 0.3 + 2 / (1 + Math.exp((share - 0.36) * 60)), { noise: 0.03 })
    const [flat] = shapesOf(diagnose({ loss: late }).results().findings)
    expect(flat).toMatchObject({ kind: 'flat-then-drop', chart: 'loss', series: 'loss', fromStep: 0 })
    expect(flat!.toStep).toBeGreaterThan(400)
    expect(flat!.toStep).toBeLessThan(560)
    expect(shapes({ loss: curve(2000, falling(2.3, 0.6, 15), { noise: 0.1 }) })).toEqual([['plateau', 'loss']])
    expect(shapes({ loss: curve(600, (share) => 2.3 * Math.exp(2 * share), { noise: 0.1 }) })).toEqual([['diverging', 'loss']])
  })

  it('shows overfitting and improvement on both charts', () => {
    const train = curve(2000, falling(2.3, 0.02, 6), { noise: 0.1 })
    const val = curve(40, (share) => (share < 0.3 ? 2.2 - 4 * share : 1 + (share - 0.3)), { every: 50, first: 49, noise: 0.005 })
    expect(shapes({ 'train/loss': train, 'val/loss': val }, 'accuracy')).toEqual([['overfitting', 'val/loss']])
    const accuracy = curve(40, (share) => 0.3 + 0.4 * share, { every: 50, first: 49 })
    expect(shapes({ 'train/loss': train, 'val/accuracy': accuracy }, 'accuracy')).toEqual([['still-rising', 'val/accuracy']])
  })

  it('names nothing where nothing was found', () => {
    expect(shapesOf([])).toEqual([])
  })
})
