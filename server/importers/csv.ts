import { createReadStream } from 'node:fs'
import { basename, extname } from 'node:path'
import papaparse from 'papaparse'
import { fromCsvTextCell } from '../../core/csv-cell.ts'
import { LossboardError } from '../../core/errors.ts'
import { chooseColumns } from '../../core/import/choose-columns.ts'
import { type Columns, columnOf, describeColumns } from '../../core/import/column-roles.ts'
import { guessColumns } from '../../core/import/guess-columns.ts'
import { numberCell } from '../../core/import/number-cell.ts'
import type { ColumnOptions } from './importer.ts'
import { findFiles, firstBytes } from './intake/find-files.ts'
import type { Intake } from './intake/intake.ts'
import type { SourceFile, SourceReader } from './intake/source-reader.ts'
import { TableRows } from './table-rows.ts'

/** Bytes from whose rows the columns are guessed. */
const SAMPLE_BYTES = 2 ** 18
const SAMPLE_ROWS = 1_000
const CHUNK_BYTES = 2 ** 18
const CELL_MAX = 16 * 2 ** 20

/** The head of our own export: its columns need no guess, and its runs have ids. */
const OWN = ['run_id', 'run', 'metric', 'step', 'wall_ms', 'value', 'superseded']

export const csvReader: SourceReader = {
  kind: 'csv',
  title: 'CSV files',
  unit: 'row',
  describe: (count) => `${count} CSV ${count === 1 ? 'file' : 'files'}`,
  find: async (path) => findFiles(path, (name) => /\.(csv|tsv)$/i.test(name)),
  read,
}

interface Layout {
  columns: Columns
  delimiter: string
  newline: '\n' | '\r\n' | '\r'
  hasHeader: boolean
  encoding: BufferEncoding
  isOwn: boolean
}

async function read(file: SourceFile, intake: Intake, options: ColumnOptions): Promise<void> {
  const layout = findLayout(file.path, options)
  if (layout === null) return intake.note('skipped', 'it is empty')
  const { columns, isOwn, delimiter } = layout
  const lines = isOwn
    ? ['columns: as lossboard export writes them']
    : [
        `separated by ${delimiter === '\t' ? 'tabs' : `"${delimiter}"`}${layout.hasHeader ? '' : '; no row of names: columns are numbered'}`,
        ...describeColumns(columns),
      ]
  for (const line of lines) if (!intake.reading.includes(`${file.name}: ${line}`)) intake.reading.push(`${file.name}: ${line}`)
  const forkSteps = isOwn ? await supersededFrom(file, layout) : new Map<string, number>()
  const table = new TableRows(intake, columns, basename(file.name, extname(file.name)), forkSteps, isOwn)
  for await (const { cells, line } of rowsOf(file, layout, intake)) {
    intake.rows++
    const place = { file: file.name, place: `line ${line}` }
    const text = isOwn ? cells.map((cell, index) => (index < 3 ? fromCsvTextCell(cell) : cell)) : cells
    if (cells.length > columns.names.length)
      intake.note('changed', `it has ${cells.length} cells for ${columns.names.length} columns: those behind the last were left out`, place)
    table.row(text, place)
  }
}

function findLayout(path: string, options: ColumnOptions): Layout | null {
  const bytes = firstBytes(path, SAMPLE_BYTES)
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf16le' : 'utf8'
  const text = bytes.toString(encoding).replace(/^\uFEFF/, '')
  // The last line may be cut.
  const whole = bytes.length < SAMPLE_BYTES ? text : text.slice(0, text.lastIndexOf('\n') + 1)
  const { data, meta } = papaparse.parse<string[]>(whole, { preview: SAMPLE_ROWS, skipEmptyLines: true })
  const [head, ...rest] = data
  if (!head) return null
  const hasHeader = head.every((cell) => numberCell(cell) === 'text' || cell.trim() === '') && head.some((cell) => cell.trim() !== '')
  const names = hasHeader ? head.map((name) => name.trim()) : head.map((_, index) => String(index + 1))
  const rows = hasHeader ? rest : data
  const isOwn = OWN.every((name, index) => names[index] === name) && names.length === OWN.length
  const decimalComma = meta.delimiter === ';' && rows.some((row) => row.some((cell) => /^[+-]?\d+,\d+$/.test(cell.trim())))
  const columns = chooseColumns(isOwn ? OWN_COLUMNS : guessColumns(names, rows, decimalComma), options, rows)
  return { columns, delimiter: meta.delimiter, newline: meta.linebreak as Layout['newline'], hasHeader, encoding, isOwn }
}

const OWN_COLUMNS: Columns = {
  names: OWN,
  roles: [
    { role: 'run' },
    { role: 'run-name' },
    { role: 'name' },
    { role: 'step' },
    { role: 'time', unit: 'ms' },
    { role: 'value' },
    { role: 'superseded' },
  ],
  decimalComma: false,
  stepIsEpoch: false,
}

async function* rowsOf(file: SourceFile, layout: Layout, intake: Intake | null): AsyncGenerator<{ cells: string[]; line: number }> {
  const { delimiter, newline, hasHeader, encoding } = layout
  const bytes = createReadStream(file.path, { encoding, highWaterMark: CHUNK_BYTES })
  const parser = new papaparse.Parser({ delimiter, newline })
  let rest = ''
  let line = 1
  let told = 0
  function* rowsIn(text: string, isLast: boolean): Generator<{ cells: string[]; line: number }> {
    const { data, meta } = parser.parse(text, 0, !isLast) as { data: string[][]; meta: { cursor: number } }
    rest = isLast ? '' : text.slice(meta.cursor)
    for (const cells of data) {
      const here = line++
      const last = cells.length - 1
      if (newline === '\n' && cells[last]?.endsWith('\r')) cells[last] = cells[last].slice(0, -1)
      for (const cell of cells) if (cell.includes('\n')) line += cell.split('\n').length - 1
      if (here === 1 && cells[0] !== undefined) cells[0] = cells[0].replace(/^\uFEFF/, '')
      if ((hasHeader && here === 1) || (cells.length === 1 && cells[0] === '')) continue
      yield { cells, line: here }
    }
  }
  for await (const chunk of bytes as AsyncIterable<string>) {
    // A quote that is never closed makes one cell of all the rest.
    if (rest.length > CELL_MAX) throw new LossboardError('invalid_argument', `${file.path}: a quote that opens before line ${line} is never closed`)
    yield* rowsIn(rest + chunk, false)
    await intake?.settle(bytes.bytesRead - told)
    told = bytes.bytesRead
  }
  yield* rowsIn(rest, true)
  await intake?.settle(bytes.bytesRead - told)
}

/** Of each run that has superseded numbers, the lowest step of one. */
async function supersededFrom(file: SourceFile, layout: Layout): Promise<Map<string, number>> {
  const lowest = new Map<string, number>()
  const [run, step, superseded] = [columnOf(layout.columns, 'run'), columnOf(layout.columns, 'step'), columnOf(layout.columns, 'superseded')]
  for await (const { cells } of rowsOf(file, layout, null)) {
    if (cells[superseded] !== '1') continue
    const id = fromCsvTextCell(cells[run] ?? '')
    lowest.set(id, Math.min(lowest.get(id) ?? Number.POSITIVE_INFINITY, Number(cells[step])))
  }
  return lowest
}
