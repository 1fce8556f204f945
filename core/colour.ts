/**
 * Colours of runs, splits and maps. Every palette colour has ≥ 3:1 contrast with white and with the dark surface, and the fourteen
 * stay apart (OKLab) in normal, protan, deutan and tritan vision; test/core/colour.test.ts measures both.
 */
export const RUN_PALETTE = [
  '#3d6ea4',
  '#de7519',
  '#b766fd',
  '#2ea29f',
  '#ab5e5a',
  '#467504',
  '#753cfc',
  '#a183d4',
  '#db1f0f',
  '#b73884',
  '#d203b6',
  '#6b67d2',
  '#789c5b',
  '#f85996',
] as const

/** Colour of a run: by its number in the project, so that it is the same on every page and after every reload. Repeats after fourteen. */
export function runColour(run: { number: number; id: string }): string {
  const index = Number.isInteger(run.number) && run.number > 0 ? run.number - 1 : hash(run.id)
  return RUN_PALETTE[index % RUN_PALETTE.length]!
}

/** Colours of train, val and test when one run is shown: blue, orange, green, as far apart as the palette allows. */
export const SPLIT_COLOURS = { train: '#3d6ea4', val: '#de7519', test: '#2ea29f' } as const

function hash(text: string): number {
  let value = 2166136261
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619)
  return value >>> 0
}

type Triple = [number, number, number]

const toLinear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
const toGamma = (channel: number) => (channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055)

/** `#rrggbb` to linear-light red, green, blue in 0…1. */
export function linearRgb(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16)
  return [toLinear(((value >> 16) & 255) / 255), toLinear(((value >> 8) & 255) / 255), toLinear((value & 255) / 255)]
}

/** OKLab (Björn Ottosson, 2020) of linear-light RGB. */
export function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function hexOfOklab([L, a, b]: Triple): string {
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  const channels = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
  const byte = (channel: number) => Math.round(255 * Math.min(1, Math.max(0, toGamma(Math.max(0, channel)))))
  return `#${channels.map((channel) => byte(channel).toString(16).padStart(2, '0')).join('')}`
}

/** Even steps in OKLab between two colours, so that equal differences look equal. `t` in 0…1. */
export function mixColours(from: string, to: string, t: number): string {
  const a = oklab(linearRgb(from))
  const b = oklab(linearRgb(to))
  return hexOfOklab([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t])
}

/** Blue below, orange above, neutral in the middle; the middle recedes into the background of its theme. */
const DIVERGING = {
  light: { low: '#0b4a8f', middle: '#efeee9', high: '#9c3d00' },
  dark: { low: '#7db4ff', middle: '#2b2d31', high: '#ff9a4d' },
} as const

/** Diverging map, perceptually even on both arms and safe for colour-blind eyes. `t` in −1…1 is clamped; 0 is the neutral middle. */
export function divergingColour(t: number, theme: 'light' | 'dark'): string {
  const { low, middle, high } = DIVERGING[theme]
  const clamped = Math.min(1, Math.max(-1, t))
  return clamped < 0 ? mixColours(middle, low, -clamped) : mixColours(middle, high, clamped)
}
