import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PNG } from 'pngjs'
import { VENUES, type VenueId } from '../../core/table/formats/venues.ts'
import { runCommand } from '../run-command.ts'

const DOTS_PER_INCH = 160
/** White kept around what is printed, in pixels. */
const BORDER = 24

/** A table as pdfLaTeX sets it at the text width of a venue: its page, cut to what is printed, as PNG. */
export async function renderLatex(table: string, venue: VenueId): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'lossboard-figure-'))
  try {
    const needs = /^% Needs in the preamble: (.*)$/m.exec(table)?.[1] ?? ''
    const loads = (VENUES[venue].loads as readonly string[]).includes('booktabs') ? '\\usepackage{booktabs}' : ''
    const width = `\\usepackage[textwidth=${VENUES[venue].textWidth}pt]{geometry}`
    const source = `\\documentclass{article}${width}${loads}${needs}\\pagestyle{empty}\n\\begin{document}\n${table}\\end{document}\n`
    await writeFile(join(folder, 'page.tex'), source)
    await runCommand('pdflatex', ['-interaction=batchmode', '-halt-on-error', `-output-directory=${folder}`, join(folder, 'page.tex')])
    await runCommand('pdftoppm', ['-png', '-singlefile', '-r', String(DOTS_PER_INCH), join(folder, 'page.pdf'), join(folder, 'page')])
    return PNG.sync.write(cropped(PNG.sync.read(await readFile(join(folder, 'page.png')))))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function cropped(page: PNG): PNG {
  let [left, top, right, bottom] = [page.width, page.height, 0, 0]
  for (let y = 0; y < page.height; y++)
    for (let x = 0; x < page.width; x++) {
      if ((page.data[4 * (y * page.width + x)] ?? 255) > 250) continue
      left = Math.min(left, x)
      right = Math.max(right, x)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y)
    }
  const [x, y] = [Math.max(0, left - BORDER), Math.max(0, top - BORDER)]
  const out = new PNG({ width: Math.min(page.width, right + BORDER) - x, height: Math.min(page.height, bottom + BORDER) - y })
  PNG.bitblt(page, out, x, y, out.width, out.height, 0, 0)
  return out
}
