import { plainText, type TableDocument } from '../table-document.ts'
import { latexInline } from './latex-cells.ts'
import { isWide, latexFit } from './latex-fit.ts'
import { latexTabular } from './latex-tabular.ts'
import { latexText } from './latex-text.ts'
import type { FormatOptions, TableFormat, TableSource } from './table-format.ts'
import { VENUES, type Venue } from './venues.ts'

/** A whole float: paste it into a paper and compile. booktabs and core LaTeX only, unless siunitx is asked for. */
export const latexFormat: TableFormat = {
  id: 'latex',
  title: 'LaTeX table, ready to compile',
  extension: 'tex',
  contentType: 'application/x-tex; charset=utf-8',
  write: ({ document }, options) => {
    const venue: Venue = VENUES[options.venue]
    const { unicode } = options
    const environment = isWide(document, venue) ? 'table*' : 'table'
    const { commands } = latexFit(document, options)
    const caption = [`\\caption{${latexInline(document.caption, unicode)}}`, `\\label{${labelText(document.label)}}`]
    const footnotes = document.footnotes.map((footnote) => latexInline(footnote, unicode))
    const notes = footnotes.length > 0 ? ['\\par\\smallskip', `\\parbox{\\linewidth}{\\footnotesize ${footnotes.join(' \\\\ ')}}`] : []
    return `${[
      ...heading(document, options),
      `\\begin{${environment}}[t]`,
      '\\centering',
      ...(venue.caption === 'above' ? [...caption, '\\vspace{4pt}'] : []),
      // In a group: the caption keeps its size.
      ...(commands.length > 0 ? ['\\begingroup', ...commands] : []),
      latexTabular(document, options),
      ...(commands.length > 0 ? ['\\par\\endgroup'] : []),
      ...notes,
      ...(venue.caption === 'below' ? caption : []),
      `\\end{${environment}}`,
    ].join('\n')}\n`
  },
  warnings: (source, options) => [...latexWarnings(source, options), ...widthWarnings(source, options)],
}

/** Only the tabular, for `\input` inside a float of one's own. */
export const latexTabularFormat: TableFormat = {
  id: 'latex-tabular',
  title: 'LaTeX tabular alone, for \\input',
  extension: 'tex',
  contentType: 'application/x-tex; charset=utf-8',
  write: ({ document }, options) => `${[...heading(document, options), latexTabular(document, options)].join('\n')}\n`,
  warnings: latexWarnings,
}

/** A label is a key, not text: letters, digits and a few signs. */
function labelText(label: string): string {
  return label.replace(/[^A-Za-z0-9:._-]+/g, '-')
}

function heading(document: TableDocument, options: FormatOptions): string[] {
  const loads = VENUES[options.venue].loads as readonly string[]
  const needs = packagesOf(document, options).filter((name) => !loads.includes(name) && !(name === 'amssymb' && loads.includes('amsfonts')))
  return [
    ...document.comments.map((comment) => `% ${comment.replace(/\s+/g, ' ')}`),
    ...(needs.length > 0 ? [`% Needs in the preamble: ${needs.map((name) => `\\usepackage{${name}}`).join(' ')}`] : []),
  ]
}

function packagesOf(document: TableDocument, { siunitx }: FormatOptions): string[] {
  const rows = document.lines.flatMap((line) => (line.kind === 'row' ? [line] : []))
  const needsCheck = rows.some(({ cells }) => cells.some((cell) => cell.kind === 'check')) || /[✓✔]/.test(allText(document))
  return ['booktabs', ...(siunitx ? ['siunitx'] : []), ...(needsCheck ? ['amssymb'] : []), ...(rows.some((row) => row.shaded) ? ['colortbl'] : [])]
}

function latexWarnings({ document }: TableSource, { unicode }: FormatOptions): string[] {
  const characters = [...new Set(latexText(allText(document), { unicode }).unprintable)]
  if (characters.length === 0) return []
  return [
    `pdfLaTeX cannot print ${characters.slice(0, 12).join(' ')}${characters.length > 12 ? ' …' : ''}: written as code points (U+…). Choose Unicode output and compile with XeLaTeX or LuaLaTeX to keep them.`,
  ]
}

function widthWarnings({ document }: TableSource, options: FormatOptions): string[] {
  const { overflow } = latexFit(document, options)
  if (overflow <= 1) return []
  return [
    `The table is about ${Math.ceil(100 * (overflow - 1))} % wider than the text of ${VENUES[options.venue].title}, in small print too: leave out columns or metrics.`,
  ]
}

function allText({ columns, spanners, lines, caption, footnotes }: TableDocument): string {
  const cells = lines.flatMap((line) => (line.kind === 'row' ? line.cells.flatMap((cell) => (cell.kind === 'text' ? cell.content : [])) : []))
  const titles = lines.flatMap((line) => (line.kind === 'group' ? [line.title] : []))
  return [
    ...[...columns, ...spanners].map(({ header }) => plainText(header)),
    plainText(cells),
    plainText(caption),
    ...footnotes.map(plainText),
    ...titles,
  ].join(' ')
}
