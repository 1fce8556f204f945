export interface Column<Row> {
  title: string
  /** Numbers line up on the right. */
  align?: 'left' | 'right'
  text(row: Row): string
}

/** Width in terminal cells, near enough for names: wide East Asian characters and emoji count two, combining marks none. */
function cells(text: string): number {
  let width = 0
  for (const character of text.normalize('NFC'))
    width += /\p{M}|\u200d/u.test(character)
      ? 0
      : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60]|\p{Emoji_Presentation}/u.test(character)
        ? 2
        : 1
  return width
}

/** Plain text columns, two spaces apart, for people to read; programs ask for `--json`. */
export function textTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const texts = [columns.map((column) => column.title), ...rows.map((row) => columns.map((column) => column.text(row).replaceAll(/\s+/g, ' ')))]
  const widths = columns.map((_, index) => Math.max(...texts.map((line) => cells(line[index] ?? ''))))
  return texts
    .map((line) =>
      line
        .map((text, index) => {
          const gap = ' '.repeat((widths[index] ?? 0) - cells(text))
          return columns[index]?.align === 'right' ? gap + text : text + gap
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
