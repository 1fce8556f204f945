import { basename, extname } from 'node:path'
import { chooseColumns } from '../../../core/import/choose-columns.ts'
import { type Columns, describeColumns } from '../../../core/import/column-roles.ts'
import { guessColumns } from '../../../core/import/guess-columns.ts'
import type { ColumnOptions } from '../importer.ts'
import { findFiles } from '../intake/find-files.ts'
import type { Intake } from '../intake/intake.ts'
import type { SourceFile, SourceReader } from '../intake/source-reader.ts'
import { parseLenient } from '../lenient-json.ts'
import { TableRows } from '../table-rows.ts'
import { isOwnHead, readOwn } from './own-export.ts'
import { readLines } from './read-lines.ts'

const SAMPLE_LINES = 500

export const jsonlReader: SourceReader = {
  kind: 'jsonl',
  title: 'JSONL files',
  unit: 'line',
  describe: (count) => `${count} JSONL ${count === 1 ? 'file' : 'files'}`,
  find: async (path) => findFiles(path, (name) => /\.(jsonl|ndjson|jsonlines)$/i.test(name)),
  read,
}

/** One object per line: our own export, which says what it is, or rows of anything, whose keys are columns. */
async function read(file: SourceFile, intake: Intake, options: ColumnOptions): Promise<void> {
  const sample = await firstObjects(file)
  if (sample.length === 0) return intake.note('skipped', 'no line of it is a JSON object')
  if (isOwnHead(sample[0]!)) {
    intake.reading.push(`${file.name}: lines as lossboard export writes them`)
    return readOwn(file, intake)
  }
  const columns = columnsOf(sample, options)
  intake.reading.push(...describeColumns(columns).map((line) => `${file.name}: ${line}`))
  const known = new Map(columns.names.map((name, index) => [name, index]))
  const table = new TableRows(intake, columns, basename(file.name, extname(file.name)))
  for await (const { text, number } of readLines(file.path, (bytes) => intake.settle(bytes))) {
    if (text.trim() === '') continue
    intake.rows++
    const place = { file: file.name, place: `line ${number}` }
    const row = objectOf(text)
    if (typeof row === 'string') {
      intake.note('skipped', row, place)
      continue
    }
    const cells: unknown[] = new Array(columns.names.length)
    for (const [key, value] of row) {
      let index = known.get(key)
      if (index === undefined) {
        // A key that none of the first lines had: a metric where it holds a number.
        index = columns.names.push(key) - 1
        const isNumber = typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity'
        columns.roles.push(isNumber ? { role: 'metric', name: key } : { role: 'ignore', why: 'it holds no number' })
        known.set(key, index)
        intake.reading.push(
          `${file.name}: from line ${number} on ${isNumber ? 'metrics' : 'left out'}: "${key}"${isNumber ? '' : ' (it holds no number)'}`,
        )
      }
      cells[index] = value
    }
    table.row(cells, place)
  }
}

function columnsOf(sample: [string, unknown][][], options: ColumnOptions): Columns {
  const names = [...new Set(sample.flatMap((row) => row.map(([key]) => key)))]
  const rows = sample.map((row) => {
    const byKey = new Map(row)
    return names.map((name) => byKey.get(name))
  })
  return chooseColumns(guessColumns(names, rows), options, rows)
}

async function firstObjects(file: SourceFile): Promise<[string, unknown][][]> {
  const rows: [string, unknown][][] = []
  for await (const { text, number } of readLines(file.path)) {
    const row = text.trim() === '' ? '' : objectOf(text)
    if (typeof row !== 'string') rows.push(row)
    if (rows.length >= SAMPLE_LINES || number >= 10 * SAMPLE_LINES) break
  }
  return rows
}

/** Keys and values of a line, nested objects joined with `/`; or why it is none. */
function objectOf(text: string): [string, unknown][] | string {
  let value: unknown
  try {
    value = parseLenient(text)
  } catch {
    return 'it is no JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no JSON object'
  return flattened(value, '')
}

function flattened(object: object, prefix: string): [string, unknown][] {
  return Object.entries(object).flatMap(([key, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? flattened(value, `${prefix}${key}/`) : [[`${prefix}${key}`, value]],
  )
}
