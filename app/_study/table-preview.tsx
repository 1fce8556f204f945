'use client'

import { memo } from 'react'
import type { Inline, TableDocument, TableLine } from '../../core/table/table-document.ts'
import { classNames } from '../_ui/class-names.ts'
import { InlineText } from './inline-text.tsx'
import { PreviewCell } from './preview-cell.tsx'
import type { CellChoice } from './study-workspace.tsx'

interface TablePreviewProps {
  document: TableDocument
  /** Key of the variant of each row, in order. */
  rowKeys: string[]
  /** Numbers for the newest settings are on their way. */
  busy: boolean
  onCell: (cell: CellChoice) => void
}

const ALIGN = { left: 'text-left', center: 'text-center', right: 'text-right' } as const

/** The document that every export prints, in the manner of a printed table. Values open the runs behind them. */
export const TablePreview = memo(function TablePreview({ document, rowKeys, busy, onCell }: TablePreviewProps) {
  const { columns, spanners, lines, caption, footnotes } = document
  const widths = columns.map((_, at) => spreadWidth(lines, at))
  let row = -1
  return (
    <figure
      className="min-w-0 rounded border border-border bg-background px-3 pt-2.5 pb-3"
      aria-busy={busy}
      data-testid="table-preview"
      data-columns={columns.map(({ id }) => id).join(' ')}
    >
      <figcaption className="mx-auto max-w-3xl pb-2 font-serif text-sm leading-5 text-text">
        <span className="font-semibold">Table.</span> <InlineText parts={caption} />
      </figcaption>
      <div className="relative overflow-x-auto">
        <table
          className={classNames(
            'mx-auto border-y-[1.5px] border-text font-serif text-[13px] leading-5 tabular-nums lining-nums',
            busy && 'opacity-60 transition-opacity',
          )}
        >
          <thead>
            {spanners.length > 0 ? <SpannerRow document={document} /> : null}
            <tr className="border-b border-text">
              {columns.map(({ id, header, align }) => (
                <th key={id} scope="col" className={`px-2 py-1 font-normal whitespace-nowrap ${ALIGN[align]}`}>
                  <InlineText parts={header} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line, at) => {
              if (line.kind === 'row') row++
              const key = rowKeys[row] ?? ''
              // A rule is drawn by the row or heading after it.
              const ruled = lines[at - 1]?.kind === 'rule' || (line.kind === 'group' && at > 0)
              if (line.kind === 'rule') return null
              if (line.kind === 'group')
                return (
                  <tr key={`group ${line.title}`} className={ruled ? 'border-t border-text' : undefined}>
                    <th scope="rowgroup" colSpan={columns.length} className="px-2 py-0.5 text-left font-normal italic">
                      {line.title}
                    </th>
                  </tr>
                )
              return (
                <tr key={key} className={classNames(ruled && 'border-t border-text', line.shaded && 'bg-surface-hover')} data-variant={key}>
                  {line.cells.map((cell, column) => {
                    const { id = '', align = 'left' } = columns[column] ?? {}
                    const Tag = id === 'variant' ? 'th' : 'td'
                    const metric = id.endsWith(':value') ? id.slice(0, -':value'.length) : null
                    return (
                      <Tag key={id} {...(Tag === 'th' && { scope: 'row' })} className={`px-2 py-px font-normal whitespace-nowrap ${ALIGN[align]}`}>
                        <PreviewCell
                          cell={cell}
                          spreadWidth={widths[column] ?? 0}
                          onOpen={metric === null ? null : () => onCell({ variant: key, metric })}
                        />
                      </Tag>
                    )
                  })}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {footnotes.length > 0 ? (
        <ul className="mx-auto max-w-3xl pt-2 font-serif text-xs leading-4 text-muted" data-testid="table-footnotes">
          {footnotes.map((footnote, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notes have no identity but their place
            <li key={at}>
              <InlineText parts={footnote} />
            </li>
          ))}
        </ul>
      ) : null}
    </figure>
  )
})

function SpannerRow({ document: { columns, spanners } }: { document: TableDocument }) {
  const cells: { key: string; width: number; header: Inline[] | null }[] = []
  for (let at = 0; at < columns.length; ) {
    const spanner = spanners.find(({ first }) => first === at)
    const width = spanner?.columns ?? 1
    cells.push({ key: columns[at]?.id ?? String(at), width, header: spanner?.header ?? null })
    at += width
  }
  return (
    <tr>
      {cells.map(({ key, width, header }) =>
        header ? (
          <th key={key} scope="colgroup" colSpan={width} className="px-2 pt-1 font-normal whitespace-nowrap">
            <span className="block border-b border-border-strong pb-0.5">
              <InlineText parts={header} />
            </span>
          </th>
        ) : (
          <td key={key} />
        ),
      )}
    </tr>
  )
}

/** Characters of the longest spread of a column: what stands after the values takes the same room in every row, so that points align. */
function spreadWidth(lines: readonly TableLine[], column: number): number {
  return Math.max(
    0,
    ...lines.map((line) => {
      const cell = line.kind === 'row' ? line.cells[column] : undefined
      if (cell?.kind === 'measure') return (cell.spread?.length ?? -3) + 3 + cell.marks.length * 0.6
      return cell?.kind === 'number' ? cell.marks.length * 0.6 : 0
    }),
  )
}
