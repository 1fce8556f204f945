import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AnsiSpan, PLAIN, parseAnsiLine } from '../../core/ansi.ts'

const text = (spans: AnsiSpan[]) => spans.map((span) => span.text).join('')

describe('parseAnsiLine', () => {
  it('splits at colour changes and says the style', () => {
    const { spans } = parseAnsiLine('epoch \x1b[1;32m3\x1b[0m done')
    expect(spans).toEqual([
      { text: 'epoch ', style: PLAIN },
      { text: '3', style: { ...PLAIN, bold: true, colour: { index: 2 } } },
      { text: ' done', style: PLAIN },
    ])
  })

  it('reads bright, 256 and 24-bit colours in both spellings', () => {
    const colour = (code: string) => parseAnsiLine(`\x1b[${code}mx`).spans[0]?.style.colour
    expect(colour('91')).toEqual({ index: 9 })
    expect(colour('38;5;9')).toEqual({ index: 9 })
    expect(colour('38;5;196')).toEqual({ hex: '#ff0000' })
    expect(colour('38;5;244')).toEqual({ hex: '#808080' })
    expect(colour('38;2;1;2;255')).toEqual({ hex: '#0102ff' })
    expect(colour('38:2::1:2:255')).toEqual({ hex: '#0102ff' })
    expect(colour('38:5:196')).toEqual({ hex: '#ff0000' })
    expect(parseAnsiLine('\x1b[38;5;196;1;48;2;0;0;0mx').spans[0]?.style).toMatchObject({ bold: true, background: { hex: '#000000' } })
  })

  it('carries the style over to the next line', () => {
    const first = parseAnsiLine('\x1b[31mTraceback')
    expect(parseAnsiLine('  at x', first.style).spans[0]?.style.colour).toEqual({ index: 1 })
    expect(parseAnsiLine('\x1b[mnormal', first.style).spans[0]?.style).toEqual(PLAIN)
  })

  it('shows a progress bar as it ended', () => {
    expect(text(parseAnsiLine('10%\r\x1b[K50%\r100% done').spans)).toBe('100% done')
    expect(text(parseAnsiLine('12345\rab').spans)).toBe('ab345')
    expect(text(parseAnsiLine('9/10\b\b\b\b\b10/10').spans)).toBe('10/10')
    expect(text(parseAnsiLine('abcdef\r\x1b[2Kx').spans)).toBe('x')
    expect(text(parseAnsiLine('line\r').spans)).toBe('line')
  })

  it('leaves out links, titles, cursor moves and cut-off sequences', () => {
    expect(text(parseAnsiLine('\x1b]8;;https://example.com\x07link\x1b]8;;\x1b\\ \x1b[2Aup\x1b(B\x1b[3').spans)).toBe('link up')
  })

  it('keeps what is not ASCII, and treats markup as text', () => {
    expect(text(parseAnsiLine('\x1b[1m训练 ✓ 🎉\x1b[0m <script>alert(1)</script>').spans)).toBe('训练 ✓ 🎉 <script>alert(1)</script>')
  })

  it('never lets a control character through and never fails, whatever was printed', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\x1b', '\x1b[', '[', 'm', ';', ':', '38', '48', '2', '5', '999', '\r', '\b', '\x1b]', '\x9b'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { spans } = parseAnsiLine(pieces.join('').replaceAll('\n', ''))
        // biome-ignore lint/suspicious/noControlCharactersInRegex: that none is left is the claim
        expect(text(spans)).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/)
        for (const { style } of spans) for (const c of [style.colour, style.background]) if (c && 'hex' in c) expect(c.hex).toMatch(/^#[0-9a-f]{6}$/)
      }),
      { numRuns: 150 },
    )
  })

  it('keeps plain text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\t', 'é', '漢', '<', '&') }), (line) => {
        expect(text(parseAnsiLine(line).spans)).toBe(line)
      }),
    )
  })
})
