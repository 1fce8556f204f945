import { z } from 'zod'
import { describe } from '../../../../core/describe.ts'
import { chooseColumns, readNumber } from '../csv-columns.ts'
import { type CsvTable, csvError, readCsvTable } from '../csv-table.ts'
import { COMMON_OPTIONS, type DataSource } from '../data-source.ts'

const schema = z.strictObject({
  kind: z.literal('csv').describe('A table of your own: a CSV file whose first row names the columns.'),
  path: z.string().min(1).describe('The file, from the folder the training is started in.'),
  label: z.string().min(1).describe('Column that holds the class.'),
  features: z.array(z.string().min(1)).min(1).optional().describe('Columns to learn from. Default: every other column that holds numbers.'),
  delimiter: z.string().length(1).optional().describe('Default: comma, semicolon, tab or bar, whichever the first row has most of.'),
  missing: z
    .enum(['error', 'drop', 'mean'])
    .default('error')
    .describe('Empty cells: refuse, leave the row out, or fill in the mean of the training split.'),
  missingValues: z.array(z.string()).default(['', 'NA', 'N/A', 'NaN', 'nan', 'null', '?']).describe('Cells taken for empty.'),
  ...COMMON_OPTIONS,
})

type Config = z.infer<typeof schema>
const MOST_CLASSES = 1000

export const csv = {
  schema,
  async load(config, { signal }) {
    const table = await readCsvTable(config.path, config.delimiter)
    signal?.throwIfAborted()
    return readExamples(table, config)
  },
} satisfies DataSource<Config>

function readExamples(table: CsvTable, { label, features, missing, missingValues }: Config) {
  const empty = new Set(missingValues)
  const isMissing = (cell: string) => empty.has(cell.trim())
  const columns = chooseColumns(table, label, features, isMissing)
  const width = columns.features.length
  const inputs = new Float32Array(table.rows.length * width)
  const labels: string[] = []
  const dropped: number[] = []
  table.rows.forEach((cells, i) => {
    const at = (column: number) => `row ${table.rowNumbers[i]}, column "${table.header[column]}"`
    const gap = [columns.label, ...columns.features].find((column) => isMissing(cells[column]!))
    if (gap !== undefined && missing === 'error')
      throw csvError(table.path, `${at(gap)} is empty: set data.missing to drop (leave such rows out) or mean (fill in the training mean)`)
    // A row without a class teaches nothing, whatever is filled in.
    if (gap !== undefined && (missing === 'drop' || gap === columns.label)) {
      dropped.push(table.rowNumbers[i]!)
      return
    }
    columns.features.forEach((column, feature) => {
      inputs[labels.length * width + feature] = isMissing(cells[column]!) ? Number.NaN : cellValue(table, cells[column]!, at(column))
    })
    labels.push(cells[columns.label]!.trim())
  })
  const classes = sortClasses([...new Set(labels)])
  checkClasses(table, label, classes, labels.length)
  const index = new Map(classes.map((name, i) => [name, i]))
  return {
    classes,
    train: {
      shape: [width],
      inputs: inputs.slice(0, labels.length * width),
      labels: Int32Array.from(labels, (name) => index.get(name)!),
      n: labels.length,
    },
    validation: null,
    test: null,
    facts: {
      source: `CSV file ${table.path}`,
      rows: table.rows.length,
      features: columns.features.map((column) => table.header[column]!),
      columnsLeftOut: columns.leftOut,
      rowsDroppedForMissing: dropped.length,
      firstRowsDropped: dropped.slice(0, 20),
    },
    ...(missing === 'mean' ? { fillMissing: { features: columns.features.map((column) => table.header[column]!) } } : {}),
  }
}

function cellValue(table: CsvTable, cell: string, at: string): number {
  const value = readNumber(cell)
  if (Number.isNaN(value))
    throw csvError(table.path, `${at} is ${describe(cell)}, not a number: mend it, or list the columns to learn from in data.features`)
  if (!Number.isFinite(Math.fround(value))) throw csvError(table.path, `${at} is ${cell.trim()}: too large for 32-bit floats`)
  return value
}

/** By number when all are numbers, else by their characters: the same everywhere, whatever the language of the machine. */
function sortClasses(classes: string[]): string[] {
  const byNumber = classes.every((name) => !Number.isNaN(readNumber(name)))
  return classes.sort((a, b) => (byNumber ? readNumber(a) - readNumber(b) : 0) || (a < b ? -1 : 1))
}

function checkClasses(table: CsvTable, label: string, classes: string[], rows: number): void {
  const found = `the label column "${label}" has ${classes.length} different value${classes.length === 1 ? '' : 's'} in ${rows} rows`
  if (classes.length < 2) throw csvError(table.path, `${found}: classification needs at least 2 classes`)
  if (classes.length > MOST_CLASSES || (rows > 20 && classes.length > rows / 2))
    throw csvError(table.path, `${found}: that is no class but a measurement or an identifier; choose another label column`)
}
