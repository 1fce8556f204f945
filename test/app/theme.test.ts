import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const CSS = readFileSync(join(import.meta.dirname, '../../app/globals.css'), 'utf8')

function tokens(selector: string): Map<string, string> {
  const block = new RegExp(`^${selector.replace(/[[\]]/g, '\\$&')} \\{([^}]+)\\}`, 'm').exec(CSS)?.[1] ?? ''
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]))
}

/** Relative luminance and contrast ratio of WCAG 2.2. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const GROUNDS = ['background', 'surface', 'surface-raised', 'surface-hover', 'accent-soft']
const TEXTS = ['text', 'text-muted', 'text-faint', 'accent', 'danger', 'warning', 'success', 'info']
const PAIRS = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground])),
  ['danger', 'danger-soft'],
  ['warning', 'warning-soft'],
  ['on-accent', 'accent'],
] as [string, string][]

describe.each([
  ['light', ':root'],
  ['dark', "[data-theme='dark']"],
])('the %s theme', (_, selector) => {
  const theme = tokens(selector)

  it('defines the same colours as the other', () => {
    expect([...theme.keys()]).toEqual([...tokens(':root').keys()])
    expect(theme.size).toBeGreaterThan(15)
  })

  it.each(PAIRS)('shows %s on %s with a contrast of 4.5 at least', (text, ground) => {
    expect(contrast(theme.get(text) ?? '', theme.get(ground) ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})
