import { LossboardError } from '../../../core/errors.ts'
import { nearMatches } from '../../../core/near-matches.ts'
import { type CsvTable, csvError } from './csv-table.ts'

export interface CsvColumns {
  label: number
  features: number[]
  /** Columns that hold no number at all, or have no name. */
  leftOut: string[]
}

/** Which columns are label and features: those named, else every other named column with a number in it. */
export function chooseColumns(table: CsvTable, label: string, features: string[] | undefined, isMissing: (cell: string) => boolean): CsvColumns {
  const labelColumn = findColumn(table, label, 'label')
  if (features) {
    const columns = features.map((name) => findColumn(table, name, 'features'))
    const twice = features.find((name, i) => features.indexOf(name) !== i)
    if (twice !== undefined) throw new LossboardError('invalid_option', `data.features names "${twice}" twice`)
    if (columns.includes(labelColumn))
      throw new LossboardError('invalid_option', `data.features: "${label}" is the label, it cannot be a feature too`)
    return { label: labelColumn, features: columns, leftOut: [] }
  }
  const chosen: CsvColumns = { label: labelColumn, features: [], leftOut: [] }
  table.header.forEach((name, column) => {
    if (column === labelColumn) return
    const hasNumber = table.rows.some((cells) => !isMissing(cells[column]!) && !Number.isNaN(readNumber(cells[column]!)))
    if (name !== '' && hasNumber) chosen.features.push(column)
    else chosen.leftOut.push(name === '' ? `column ${column + 1} (no name)` : name)
  })
  if (chosen.features.length === 0) throw csvError(table.path, `no column beside "${label}" holds numbers: there is nothing to learn from`)
  return chosen
}

function findColumn({ path, header }: CsvTable, name: string, option: string): number {
  const column = header.indexOf(name)
  if (column < 0) {
    const [nearest] = nearMatches(name, header, 1)
    const columns = header.slice(0, 20).join(', ') + (header.length > 20 ? ', …' : '')
    throw new LossboardError(
      'invalid_option',
      `data.${option}: ${path} has no column "${name}": ${nearest ? `did you mean "${nearest}"?` : `its columns are ${columns}`}`,
    )
  }
  if (header.lastIndexOf(name) !== column) throw csvError(path, `two columns are named "${name}": rename one`)
  return column
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A decimal number, else NaN: hexadecimal, thousands separators and units are not guessed at. */
export function readNumber(cell: string): number {
  const text = cell.trim()
  return NUMBER.test(text) ? Number(text) : Number.NaN
}
