const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const DECIMAL_COMMA = /^[+-]?\d+,\d+(e[+-]?\d+)?$/i
const NOT_A_NUMBER = /^[+-]?nan$|^[+-]?1\.#(qnan|snan|ind)$/i
const INFINITE = /^([+-]?)(inf|infinity|1\.#inf|∞)$/i
const MISSING = /^(|na|n\/a|null|none|nil|-|<na>|undefined)$/i

/**
 * A cell of a table as a number: every spelling of NaN and the infinities that programs write; true and false are 1 and 0. `missing`: nothing was
 * logged there. `text`: something else.
 */
export function numberCell(cell: unknown, decimalComma = false): number | 'missing' | 'text' {
  if (typeof cell === 'number') return cell
  if (typeof cell === 'boolean') return cell ? 1 : 0
  if (cell === null || cell === undefined) return 'missing'
  if (typeof cell !== 'string') return 'text'
  const text = cell.trim()
  if (NUMBER.test(text)) return Number(text)
  if (MISSING.test(text)) return 'missing'
  if (NOT_A_NUMBER.test(text)) return Number.NaN
  const infinite = INFINITE.exec(text)
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^true$/i.test(text)) return 1
  if (/^false$/i.test(text)) return 0
  if (decimalComma && DECIMAL_COMMA.test(text)) return Number(text.replace(',', '.'))
  return 'text'
}
