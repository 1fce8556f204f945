import { describe, expect, it } from 'vitest'
import { appendPieces, type ConsolePiece, EMPTY_CONSOLE } from '../../app/_run/console-lines.ts'

const piece = (id: number, text: string, more: Partial<ConsolePiece> = {}): ConsolePiece => ({
  id,
  text,
  stream: 'stdout',
  skippedLines: 0,
  wall: id,
  ...more,
})
const plain = (text: ReturnType<typeof appendPieces>) => text.lines.map((line) => (line.kind === 'text' ? line.plain : `(${line.lines} skipped)`))

describe('appendPieces', () => {
  it('splits pieces into lines, keeping empty lines inside a piece', () => {
    expect(plain(appendPieces(EMPTY_CONSOLE, [piece(1, 'a\n\nb\n'), piece(2, 'c')]))).toEqual(['a', '', 'b', 'c'])
  })

  it('adds each piece once and in order, however answers overlap', () => {
    const first = appendPieces(EMPTY_CONSOLE, [piece(2, 'b\n'), piece(1, 'a\n')])
    const second = appendPieces(first, [piece(2, 'b\n'), piece(3, 'c\n')])
    expect(plain(second)).toEqual(['a', 'b', 'c'])
    expect(appendPieces(second, [piece(3, 'c\n')])).toBe(second)
  })

  it('says where lines were left out', () => {
    expect(plain(appendPieces(EMPTY_CONSOLE, [piece(1, 'a\n'), piece(2, 'z\n', { skippedLines: 12 }), piece(3, '', { skippedLines: 4 })]))).toEqual([
      'a',
      '(12 skipped)',
      'z',
      '(4 skipped)',
    ])
  })

  it('carries a colour on within its stream only', () => {
    const text = appendPieces(EMPTY_CONSOLE, [piece(1, '\x1b[31mred\n'), piece(2, 'err\n', { stream: 'stderr' }), piece(3, 'still red\n')])
    const colours = text.lines.map((line) => (line.kind === 'text' ? line.spans[0]?.style.colour : null))
    expect(colours).toEqual([{ index: 1 }, null, { index: 1 }])
  })

  it('reads Windows line ends', () => {
    expect(plain(appendPieces(EMPTY_CONSOLE, [piece(1, 'a\r\nb\r\n')]))).toEqual(['a', 'b'])
  })
})
