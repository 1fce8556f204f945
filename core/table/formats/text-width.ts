/** Advance widths of Helvetica (and Arial) for ASCII 32 to 126, thousandths of the font size: Adobe font metrics. */
const WIDTHS =
  '278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584'
    .split(' ')
    .map(Number)

const OTHER = 600
const WIDE = 1000

/** Width of one line in Helvetica, in the unit of `size`. Bold is about 7 % wider. Right for ASCII, a guess for the rest. */
export function textWidth(text: string, size: number, bold = false): number {
  let width = 0
  for (const character of text) {
    const code = character.codePointAt(0) as number
    width += WIDTHS[code - 32] ?? (code >= 0x2e80 ? WIDE : OTHER)
  }
  return (width * size * (bold ? 1.07 : 1)) / 1000
}

/** The text in lines no wider than `width`; a longer word stands alone. */
export function wrapText(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
