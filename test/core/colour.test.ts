import { expect, test } from 'vitest'
import { divergingColour, linearRgb, mixColours, oklab, RUN_PALETTE, runColour } from '../../core/colour.ts'

type Triple = [number, number, number]

// Machado, Oliveira, Fernandes 2009, severity 1, applied to linear RGB.
const VISION: Record<string, number[]> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
}
// Protanopia and deuteranopia are common, tritanopia is one in ten thousand.
const LEAST: Record<string, number> = { normal: 0.09, protan: 0.065, deutan: 0.065, tritan: 0.035 }

function seen(hex: string, matrix: number[]): Triple {
  const rgb = linearRgb(hex)
  const row = (i: number) => Math.min(1, Math.max(0, matrix[i]! * rgb[0] + matrix[i + 1]! * rgb[1] + matrix[i + 2]! * rgb[2]))
  return oklab([row(0), row(3), row(6)])
}
const luminance = (hex: string) => {
  const [r, g, b] = linearRgb(hex)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number]
  return (x + 0.05) / (y + 0.05)
}

test.each(Object.keys(VISION))('run colours stay apart in %s vision', (vision) => {
  for (let i = 0; i < RUN_PALETTE.length; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [seen(RUN_PALETTE[i]!, VISION[vision]!), seen(RUN_PALETTE[j]!, VISION[vision]!)]
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${RUN_PALETTE[i]} and ${RUN_PALETTE[j]}`).toBeGreaterThan(LEAST[vision]!)
    }
})

test.each([
  ['light', '#ffffff'],
  ['dark', '#151619'],
])('run colours have 3:1 contrast on the %s surface', (_, surface) => {
  for (const colour of RUN_PALETTE) expect(contrast(colour, surface), colour).toBeGreaterThanOrEqual(3)
})

test('a run keeps its colour by number and repeats after the palette', () => {
  expect(runColour({ number: 1, id: 'a' })).toBe(RUN_PALETTE[0])
  expect(runColour({ number: 1, id: 'b' })).toBe(RUN_PALETTE[0])
  expect(runColour({ number: RUN_PALETTE.length + 2, id: 'a' })).toBe(RUN_PALETTE[1])
})

test('a run without a usable number gets a colour by its id', () => {
  for (const number of [0, -3, Number.NaN, 1.5]) expect(RUN_PALETTE).toContain(runColour({ number, id: 'x' }))
  expect(runColour({ number: 0, id: 'x' })).toBe(runColour({ number: Number.NaN, id: 'x' }))
})

test.each(['light', 'dark'] as const)('the diverging map is even on both arms in the %s theme, also for colour-blind eyes', (theme) => {
  for (const matrix of Object.values(VISION))
    for (const side of [-1, 1]) {
      const steps = Array.from({ length: 6 }, (_, i) => seen(divergingColour((side * i) / 5, theme), matrix))
      const gaps = steps.slice(1).map((step, i) => Math.hypot(step[0] - steps[i]![0], step[1] - steps[i]![1], step[2] - steps[i]![2]))
      expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(1.8)
    }
  for (const matrix of Object.values(VISION)) {
    const [low, high] = [seen(divergingColour(-0.6, theme), matrix), seen(divergingColour(0.6, theme), matrix)]
    expect(Math.hypot(low[0] - high[0], low[1] - high[1], low[2] - high[2])).toBeGreaterThan(0.07)
  }
})

test('the diverging map clamps beyond its ends', () => {
  expect(divergingColour(-9, 'light')).toBe(divergingColour(-1, 'light'))
  expect(divergingColour(9, 'dark')).toBe(divergingColour(1, 'dark'))
})

test('mixing gives the ends back', () => {
  expect(mixColours('#3d6ea4', '#de7519', 0)).toBe('#3d6ea4')
  expect(mixColours('#3d6ea4', '#de7519', 1)).toBe('#de7519')
})
