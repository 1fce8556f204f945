import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StudyMetric } from '../../../core/ablation/study.ts'
import { latexFormat, latexTabularFormat } from '../../../core/table/formats/latex.ts'
import { DEFAULT_FORMAT_OPTIONS, type FormatOptions, type TableSource } from '../../../core/table/formats/table-format.ts'
import { VENUES, type VenueId } from '../../../core/table/formats/venues.ts'
import { ACCURACY, exampleTable, LOSS, ROWS } from './example-study.ts'
import { hostileTable } from './hostile-table.ts'

/** Only the document is read by LaTeX formats. */
const SOURCE = { document: hostileTable() } as TableSource
const hasLatex = (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, 'pdflatex')))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lossboard-latex-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('is tried on a real pdfLaTeX in continuous integration', () => {
  if (process.env.CI) expect(hasLatex).toBe(true)
})

/** Packages of the venue's template, and those that the comment above the table asks for: nothing else. */
function preamble(table: string, venue: VenueId): string {
  const needs = table.split('\n').find((line) => line.startsWith('% Needs in the preamble: '))
  // Debian has nicefrac in another, large package; it has nothing to do with tables.
  const loads = VENUES[venue].loads
    .filter((name) => name !== 'nicefrac')
    .map((name) => `\\usepackage{${name}}`)
    .join('')
  const twoColumn = VENUES[venue].wideAbove === null ? '' : '[twocolumn]'
  return `\\documentclass${twoColumn}{article}${loads}${needs?.replace('% Needs in the preamble: ', '') ?? ''}`
}

async function compile(name: string, source: string): Promise<{ log: string; text: string }> {
  const tex = join(folder, `${name}.tex`)
  await writeFile(tex, source)
  try {
    execFileSync('pdflatex', ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', `-output-directory=${folder}`, tex], {
      stdio: 'pipe',
    })
  } catch (error) {
    throw new Error(`pdflatex refused ${name}: ${(error as { stdout?: Buffer }).stdout?.toString().split('\n! ')[1]?.slice(0, 600)}`)
  }
  const text = execFileSync('pdftotext', ['-layout', join(folder, `${name}.pdf`), '-']).toString()
  return { log: readFileSync(join(folder, `${name}.log`), 'utf8'), text }
}

const cases = (Object.keys(VENUES) as VenueId[]).flatMap((venue) =>
  [false, true].map((siunitx): [string, FormatOptions] => [
    `${venue}${siunitx ? ' with siunitx' : ''}`,
    { ...DEFAULT_FORMAT_OPTIONS, venue, siunitx },
  ]),
)

describe.skipIf(!hasLatex)('a table with hostile labels compiles unchanged', () => {
  it.each(cases)('for %s', async (name, options) => {
    const table = latexFormat.write(SOURCE, options)
    const { log, text } = await compile(
      name.replaceAll(' ', '-'),
      `${preamble(table, options.venue)}\n\\begin{document}\n${table}\n\\end{document}\n`,
    )
    expect(log).not.toMatch(/Undefined control sequence|Missing character/)
    for (const word of ['100% of A & B', '[optional] start', '*starred* start', '94.27', 'diverged', 'U+4E2D', 'Variant & more'])
      expect(text).toContain(word)
  })

  it('as a tabular alone, read by \\input', async () => {
    const tabular = latexTabularFormat.write(SOURCE, DEFAULT_FORMAT_OPTIONS)
    await writeFile(join(folder, 'part.tex'), tabular)
    const { text } = await compile(
      'input',
      `${preamble(tabular, 'plain')}\n\\begin{document}\n\\begin{table}\\input{${join(folder, 'part.tex')}}\\end{table}\n\\end{document}\n`,
    )
    expect(text).toContain('−1.58')
  })
})

describe('a table of many columns', () => {
  const F1: StudyMetric = { ...ACCURACY, name: 'test/f1', label: 'Macro F1' }
  const rows = ROWS.map((row) => ({ ...row, values: { ...row.values, 'test/f1': row.values['test/accuracy'] ?? [] } }))
  const options = (venue: VenueId) => ({ ...DEFAULT_FORMAT_OPTIONS, venue })
  const wide = { document: exampleTable(rows, [ACCURACY, F1, LOSS]) } as TableSource
  const narrow = { document: exampleTable(rows, [ACCURACY]) } as TableSource

  it('is set smaller where that makes it fit, and only there; where nothing does, that is said', () => {
    expect(latexFormat.write(narrow, options('plain'))).not.toMatch(/\\small\n|tabcolsep/)
    expect(latexFormat.write(wide, options('acl'))).toContain('\\begingroup\n\\footnotesize\n\\setlength{\\tabcolsep}{3pt}\n\\begin{tabular}')
    expect(latexFormat.warnings?.(wide, options('acl'))).toEqual([])
    expect(latexFormat.warnings?.(wide, options('plain'))).toEqual([
      expect.stringMatching(/^The table is about \d+ % wider than the text of Any article/),
    ])
  })

  it.skipIf(!hasLatex).each(['plain', 'neurips', 'icml', 'cvpr', 'acl'] as const)(
    'is as wide as estimated, and fits unless said: %s',
    async (venue) => {
      for (const [name, source] of Object.entries({ wide, narrow })) {
        const table = latexFormat.write(source, options(venue))
        const { columnWidth, textWidth } = VENUES[venue]
        const geometry = `\\setlength{\\textwidth}{${textWidth}pt}\\setlength{\\columnwidth}{${columnWidth}pt}\\setlength{\\hsize}{${columnWidth}pt}\\setlength{\\linewidth}{${columnWidth}pt}`
        const { log } = await compile(`fit-${name}-${venue}`, `${preamble(table, venue)}${geometry}\n\\begin{document}\n${table}\n\\end{document}\n`)
        const said = latexFormat.warnings?.(source, options(venue)) ?? []
        const overfull = [...log.matchAll(/Overfull \\hbox \(([\d.]+)pt/g)].map(([, points]) => Number(points))
        // An estimate: what sticks out unsaid may be 3 % of the width.
        if (said.length === 0) expect(Math.max(0, ...overfull)).toBeLessThan(0.03 * textWidth)
        else expect(overfull.length).toBeGreaterThan(0)
      }
    },
  )
})

it('says which characters pdfLaTeX cannot print, and keeps them for engines that can', () => {
  expect(latexFormat.warnings?.(SOURCE, DEFAULT_FORMAT_OPTIONS)).toContainEqual(expect.stringMatching(/中.*🚀.*U\+.*XeLaTeX/))
  const unicode = { ...DEFAULT_FORMAT_OPTIONS, unicode: true }
  expect(latexFormat.warnings?.(SOURCE, unicode)?.join()).not.toMatch(/print 中/)
  expect(latexFormat.write(SOURCE, unicode)).toContain('中文标签')
})

it('writes nothing but ASCII unless asked to', () => {
  const body = latexFormat.write(SOURCE, DEFAULT_FORMAT_OPTIONS).replace(/^%.*$/gm, '')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant
  expect(body).toMatch(/^[\x00-\x7f]*$/)
})

it('gives the same bytes for the same table', () => {
  expect(latexFormat.write(SOURCE, DEFAULT_FORMAT_OPTIONS)).toBe(
    latexFormat.write({ document: hostileTable() } as TableSource, DEFAULT_FORMAT_OPTIONS),
  )
})
