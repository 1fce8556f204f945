import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import Papa from 'papaparse'
import { LossboardError } from '../../../core/errors.ts'

/** A table as text. */
export interface CsvTable {
  path: string
  /** Names of the columns, without spaces around them. */
  header: string[]
  /** Each as long as the header. */
  rows: string[][]
  /** Number of each row in the file: the header is row 1, empty lines count. */
  rowNumbers: number[]
}

export function csvError(path: string, problem: string): LossboardError {
  return new LossboardError('invalid_value', `${path}: ${problem}`)
}

/**
 * Reads a CSV file in UTF-8 with a header row; a byte order mark is skipped; unless given, the delimiter is comma, semicolon, tab or bar.
 * @throws LossboardError naming the row that is ragged or has an open quote.
 */
export async function readCsvTable(file: string, delimiter?: string): Promise<CsvTable> {
  const path = resolve(file)
  const text = (await readText(path)).replace(/^\ufeff/, '')
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: delimiter ?? findDelimiter(text) })
  const broken = errors.find((error) => error.type === 'Quotes')
  if (broken)
    throw csvError(path, `row ${(broken.row ?? 0) + 1} has a quote that is ${broken.code === 'MissingQuotes' ? 'never closed' : 'out of place'}`)
  const headerAt = data.findIndex((cells) => !isEmpty(cells))
  if (headerAt < 0) throw csvError(path, 'the file is empty: the first row must name the columns')
  const header = data[headerAt]!.map((name) => name.trim())
  const table: CsvTable = { path, header, rows: [], rowNumbers: [] }
  for (let i = headerAt + 1; i < data.length; i++) {
    const cells = data[i]!
    if (isEmpty(cells)) continue
    if (cells.length !== header.length)
      throw csvError(
        path,
        `row ${i + 1} has ${cells.length} cells, the header has ${header.length}: mend the row, or quote cells with the delimiter in them`,
      )
    table.rows.push(cells)
    table.rowNumbers.push(i + 1)
  }
  if (table.rows.length === 0) throw csvError(path, 'there are no rows below the header')
  return table
}

/** The one that the header has most of, outside quotes; a comma when it has none. The parser's own guess fails for two columns. */
function findDelimiter(text: string): string {
  const header =
    text
      .trimStart()
      .replaceAll(/"[^"]*"/g, '')
      .split(/[\r\n]/, 1)[0] ?? ''
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t', '|'].reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}

function isEmpty(cells: string[]): boolean {
  return cells.length === 1 && cells[0]!.trim() === ''
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') throw new LossboardError('not_found', `${path}: there is no such file`)
    if (error instanceof TypeError) throw csvError(path, 'it is not text in UTF-8: save it as UTF-8')
    throw csvError(path, `it cannot be read (${code ?? String(error)})`)
  }
}
