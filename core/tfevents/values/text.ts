import type { SummaryValue, TagMetadata } from '../summary.ts'
import { elements } from '../tensor.ts'
import { type Converted, decodeText, kept } from './draft.ts'

const TEXT_MAX = 1_000_000

/** A text, or a table of texts: as markdown, which is how TensorBoard shows it. */
export function readText(value: SummaryValue, metadata: TagMetadata): Converted {
  const { content } = value
  if (content.type !== 'tensor') return kept(value, metadata.plugin, 'no text')
  const { shape, strings } = content.tensor
  if (elements(shape) !== strings.length && strings.length !== 1)
    return kept(value, metadata.plugin, `${strings.length} texts of shape [${shape.join(', ')}]`)
  const cells = strings.map(decodeText)
  const text = cells.length === 1 ? cells[0]! : markdownTable(cells, shape.length > 1 ? shape.at(-1)! : 1)
  if (text.length > TEXT_MAX) return kept(value, metadata.plugin, `a text of ${text.length} characters`)
  return { type: 'records', drafts: [{ kind: 'text', payload: { text, format: 'markdown' } }] }
}

/** Higher ranks are rows of their last dimension. */
function markdownTable(cells: string[], columns: number): string {
  if (cells.length === 0) return ''
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\r?\n/g, '<br>')
  const line = (row: string[]) => `| ${row.map(cell).join(' | ')} |`
  const rows = Array.from({ length: cells.length / columns }, (_, index) => cells.slice(index * columns, (index + 1) * columns))
  return [line(rows[0]!.map(() => ' ')), line(rows[0]!.map(() => '---')), ...rows.map(line)].join('\n')
}
