/** ANSI text of a console as plain spans: no HTML is ever made from what a run printed. */

/** One of the 16 named colours (0–15), which the theme picks, or a fixed one. */
export type AnsiColour = { index: number } | { hex: string }

export interface AnsiStyle {
  colour: AnsiColour | null
  background: AnsiColour | null
  bold: boolean
  dim: boolean
  italic: boolean
  underline: boolean
  strike: boolean
  inverse: boolean
}

export interface AnsiSpan {
  text: string
  style: AnsiStyle
}

export const PLAIN: AnsiStyle = Object.freeze({
  colour: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
})

// CSI … final byte, or cut off by the end of the line; OSC, DCS, PM, APC up to BEL or ST (an unfinished one swallows the rest, as in a terminal); two-byte escapes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the subject here
const ESCAPE = /(?:\x1b\[|\x9b)([0-?]*)[ -/]*(?:([@-~])|$)|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|$)|\x1b[ -/]*[0-~]|\x1b/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/

/**
 * One line of console output as styled spans. Colours run on from line to line: give the returned `style` to the next call.
 * `\r` and backspace overwrite as in a terminal, so a progress bar shows its last state; other control codes are left out.
 * @param line text without line breaks
 */
export function parseAnsiLine(line: string, style: AnsiStyle = PLAIN): { spans: AnsiSpan[]; style: AnsiStyle } {
  if (!CONTROL.test(line)) return { spans: line === '' ? [] : [{ text: line, style }], style }
  const cells: { text: string; style: AnsiStyle }[] = []
  let cursor = 0
  let current = style
  for (let i = 0; i < line.length; ) {
    ESCAPE.lastIndex = i
    const sequence = ESCAPE.exec(line)
    if (sequence) {
      if (sequence[2] === 'm') current = applySgr(current, sequence[1] ?? '')
      else if (sequence[2] === 'K') cursor = eraseLine(cells, cursor, sequence[1] ?? '')
      i += sequence[0].length
      continue
    }
    const text = String.fromCodePoint(line.codePointAt(i) ?? 0)
    i += text.length
    if (text === '\r') cursor = 0
    else if (text === '\b') cursor = Math.max(0, cursor - 1)
    else if (!CONTROL.test(text)) cells[cursor++] = { text, style: current }
  }
  return { spans: joinCells(cells), style: current }
}

function eraseLine(cells: { text: string; style: AnsiStyle }[], cursor: number, mode: string): number {
  if (mode === '2') cells.length = 0
  else if (mode === '1') for (let i = 0; i < Math.min(cursor + 1, cells.length); i++) cells[i] = { text: ' ', style: PLAIN }
  else cells.length = Math.min(cells.length, cursor)
  // A terminal leaves the cursor where it is; the gap shows as blanks.
  while (cells.length < cursor) cells.push({ text: ' ', style: PLAIN })
  return cursor
}

function joinCells(cells: { text: string; style: AnsiStyle }[]): AnsiSpan[] {
  const spans: AnsiSpan[] = []
  for (const cell of cells) {
    const last = spans.at(-1)
    if (last && last.style === cell.style) last.text += cell.text
    else spans.push({ ...cell })
  }
  return spans
}

const ON: Record<number, Partial<AnsiStyle>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  21: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { colour: null },
  49: { background: null },
}

/** Select graphic rendition; codes without meaning here (blink, fonts) are skipped. */
function applySgr(style: AnsiStyle, parameters: string): AnsiStyle {
  const next = { ...style }
  const codes = parameters.split(';')
  for (let i = 0; i < codes.length; i++) {
    const [code = 0, ...sub] = (codes[i] ?? '').split(':').map(Number)
    if (code === 38 || code === 48) {
      // With colons all parts are in this parameter, and RGB may name a colour space first; with semicolons they follow.
      const parts = sub.length > 0 ? (sub.length > 4 ? [sub[0], ...sub.slice(2)] : sub) : codes.slice(i + 1, i + 5).map(Number)
      const colour = extendedColour(parts)
      if (colour) next[code === 38 ? 'colour' : 'background'] = colour
      if (sub.length === 0) i += parts[0] === 5 ? 2 : parts[0] === 2 ? 4 : 0
    } else if (code === 4 && sub[0] === 0) next.underline = false
    else if (code in ON) Object.assign(next, ON[code])
    else if (code >= 30 && code <= 37) next.colour = { index: code - 30 }
    else if (code >= 90 && code <= 97) next.colour = { index: code - 90 + 8 }
    else if (code >= 40 && code <= 47) next.background = { index: code - 40 }
    else if (code >= 100 && code <= 107) next.background = { index: code - 100 + 8 }
  }
  return next
}

/** `5;n` (256 colours) or `2;r;g;b`, as after 38 and 48. */
function extendedColour(parts: readonly (number | undefined)[]): AnsiColour | null {
  if (parts[0] === 5) return palette256(parts[1] ?? -1)
  if (parts[0] === 2) return rgb(parts[1], parts[2], parts[3])
  return null
}

/** xterm's 256 colours: 16 named, a 6 × 6 × 6 cube, 24 greys. */
function palette256(n: number): AnsiColour | null {
  if (!Number.isInteger(n) || n < 0 || n > 255) return null
  if (n < 16) return { index: n }
  if (n >= 232) return rgb(8 + (n - 232) * 10, 8 + (n - 232) * 10, 8 + (n - 232) * 10)
  const level = (value: number) => (value === 0 ? 0 : 55 + value * 40)
  const cube = n - 16
  return rgb(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6))
}

function rgb(r = 0, g = 0, b = 0): AnsiColour {
  const part = (value: number) =>
    Math.max(0, Math.min(255, Math.trunc(value) || 0))
      .toString(16)
      .padStart(2, '0')
  return { hex: `#${part(r)}${part(g)}${part(b)}` }
}
