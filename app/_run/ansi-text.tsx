import type { CSSProperties } from 'react'
import type { AnsiColour, AnsiSpan, AnsiStyle } from '../../core/ansi.ts'

/** Black to white as a dark and a light theme can both show them: `light-dark()` follows the page's colour scheme. */
const NAMED = [
  'light-dark(#1a1a1e, #8c909a)',
  'light-dark(#bd2130, #ff8585)',
  'light-dark(#1a7438, #63c583)',
  'light-dark(#8a5100, #e3ab52)',
  'light-dark(#2b50c8, #96a8ff)',
  'light-dark(#8a2a9b, #de9bea)',
  'light-dark(#0b6e7a, #56c8d6)',
  'light-dark(#54545d, #d5d6da)',
  'light-dark(#696974, #8c909a)',
  'light-dark(#d1303f, #ff9d9d)',
  'light-dark(#1d8440, #86d9a0)',
  'light-dark(#9a5d00, #f0c475)',
  'light-dark(#3d63dd, #b0beff)',
  'light-dark(#a03bb3, #e9b5f2)',
  'light-dark(#0d7f8d, #7fdce8)',
  'light-dark(#1a1a1e, #ffffff)',
]

/** Coloured console text as spans; search hits are marked across colour changes. */
export function AnsiText({ spans, wanted }: { spans: AnsiSpan[]; wanted: string }) {
  const hits = wanted === '' ? [] : findHits(spans.map((span) => span.text).join(''), wanted)
  let offset = 0
  return spans.map((span, index) => {
    const start = offset
    offset += span.text.length
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: spans of a line never move
      <span key={index} style={spanStyle(span.style)}>
        {hits.length === 0 ? span.text : marked(span.text, start, hits)}
      </span>
    )
  })
}

function findHits(text: string, wanted: string): [number, number][] {
  const lower = text.toLowerCase()
  const hits: [number, number][] = []
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) hits.push([at, at + wanted.length])
  return hits
}

function marked(text: string, start: number, hits: [number, number][]) {
  const parts = []
  let at = 0
  for (const [from, to] of hits) {
    const [a, b] = [Math.max(0, from - start), Math.min(text.length, to - start)]
    if (b <= a) continue
    parts.push(text.slice(at, a))
    parts.push(
      <mark key={a} className="rounded-xs bg-warning-soft text-inherit outline outline-warning">
        {text.slice(a, b)}
      </mark>,
    )
    at = b
  }
  parts.push(text.slice(at))
  return parts
}

function spanStyle(style: AnsiStyle): CSSProperties | undefined {
  const [colour, background] = style.inverse ? [style.background, style.colour] : [style.colour, style.background]
  const css: CSSProperties = {}
  if (style.inverse) Object.assign(css, { color: cssColour(colour) ?? 'var(--background)', backgroundColor: cssColour(background) ?? 'var(--text)' })
  else {
    if (colour) css.color = cssColour(colour)
    if (background) css.backgroundColor = `color-mix(in srgb, ${cssColour(background)} 30%, transparent)`
  }
  if (style.bold) css.fontWeight = 600
  if (style.dim) css.opacity = 0.7
  if (style.italic) css.fontStyle = 'italic'
  const lines = [style.underline && 'underline', style.strike && 'line-through'].filter(Boolean).join(' ')
  if (lines) css.textDecoration = lines
  return Object.keys(css).length > 0 ? css : undefined
}

function cssColour(colour: AnsiColour | null): string | undefined {
  if (!colour) return undefined
  return 'hex' in colour ? colour.hex : NAMED[colour.index]
}
