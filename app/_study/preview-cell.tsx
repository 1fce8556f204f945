import { type Cell, MARK_SIGNS, unicodeNumber } from '../../core/table/table-document.ts'
import { classNames } from '../_ui/class-names.ts'
import { Tooltip } from '../_ui/tooltip.tsx'
import { InlineText } from './inline-text.tsx'

interface PreviewCellProps {
  cell: Cell
  /** Room for what follows the value, in characters. */
  spreadWidth: number
  /** Opens the runs behind a value; null: none are. */
  onOpen: (() => void) | null
}

const OPENS = 'rounded-sm hover:bg-accent-soft'

/** One cell of the preview. A dash says why at hover and focus. */
export function PreviewCell({ cell, spreadWidth, onOpen }: PreviewCellProps) {
  if (cell.kind === 'missing') {
    const label = `Not given: ${cell.why}`
    return (
      <Tooltip text={cell.why}>
        {onOpen ? (
          <button type="button" className={`${OPENS} px-1 text-muted`} aria-label={label} onClick={onOpen} data-missing>
            –
          </button>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be within reach of the keyboard
          <span role="note" tabIndex={0} aria-label={label} className="px-1 text-muted" data-missing>
            –
          </span>
        )}
      </Tooltip>
    )
  }
  const content = <CellContent cell={cell} spreadWidth={spreadWidth} />
  if (!onOpen) return content
  return (
    <button type="button" className={OPENS} title="Show the runs behind this" onClick={onOpen}>
      {content}
    </button>
  )
}

function CellContent({ cell, spreadWidth }: { cell: Exclude<Cell, { kind: 'missing' }>; spreadWidth: number }) {
  const style = classNames(cell.bold && 'font-bold', cell.underline && 'underline underline-offset-2')
  if (cell.kind === 'text')
    return (
      <span className={style}>
        <InlineText parts={cell.content} />
      </span>
    )
  if (cell.kind === 'check')
    return cell.on ? (
      <span role="img" aria-label="yes">
        ✓
      </span>
    ) : (
      <span className="sr-only">no</span>
    )
  const marks = cell.marks.map((mark) => MARK_SIGNS[mark]).join('')
  const raised = marks ? <sup className="text-[10px] leading-none">{marks}</sup> : null
  if (cell.kind === 'number')
    return (
      <span>
        {cell.less ? '<' : ''}
        <span className={style}>{unicodeNumber(cell.value)}</span>
        <span className="inline-block text-left" style={{ minWidth: `${spreadWidth}ch` }}>
          {raised}
        </span>
      </span>
    )
  return (
    <span>
      <span className={style}>{unicodeNumber(cell.value)}</span>
      <span className="inline-block text-left whitespace-pre" style={{ minWidth: `${spreadWidth}ch` }}>
        {cell.spread === null ? null : ` ± ${cell.spread}`}
        {cell.interval === null ? null : ` [${cell.interval.map(unicodeNumber).join(', ')}]`}
        {raised}
      </span>
    </span>
  )
}
