import { type AnsiSpan, type AnsiStyle, PLAIN, parseAnsiLine } from '../../core/ansi.ts'

export interface ConsolePiece {
  id: number
  stream: 'stdout' | 'stderr'
  text: string
  skippedLines: number
  wall: number
}

/** A line of output, or the notice that lines were left out before the next one. */
export type ConsoleLine =
  | { kind: 'text'; stream: 'stdout' | 'stderr'; spans: AnsiSpan[]; plain: string; wall: number }
  | { kind: 'skipped'; stream: 'stdout' | 'stderr'; lines: number; wall: number }

/** Lines so far, and the colour each stream left off with: pieces are only ever added at the end. */
export interface ConsoleText {
  lines: ConsoleLine[]
  lastId: number
  styles: Record<'stdout' | 'stderr', AnsiStyle>
}

export const EMPTY_CONSOLE: ConsoleText = { lines: [], lastId: 0, styles: { stdout: PLAIN, stderr: PLAIN } }

/** Adds pieces newer than those already there; pieces seen before are passed over, so that an answer may overlap the last one. */
export function appendPieces(text: ConsoleText, pieces: readonly ConsolePiece[]): ConsoleText {
  const fresh = pieces.filter((piece) => piece.id > text.lastId).sort((a, b) => a.id - b.id)
  if (fresh.length === 0) return text
  const lines = [...text.lines]
  const styles = { ...text.styles }
  for (const { stream, text: printed, skippedLines, wall } of fresh) {
    if (skippedLines > 0) lines.push({ kind: 'skipped', stream, lines: skippedLines, wall })
    if (printed === '') continue
    for (const line of printed.replace(/\r?\n$/, '').split(/\r?\n/)) {
      const { spans, style } = parseAnsiLine(line, styles[stream])
      styles[stream] = style
      lines.push({ kind: 'text', stream, spans, plain: spans.map((span) => span.text).join(''), wall })
    }
  }
  return { lines, lastId: fresh.at(-1)?.id ?? text.lastId, styles }
}
