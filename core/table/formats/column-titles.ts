import { plainText, type TableDocument } from '../table-document.ts'

/** One heading per column with its spanner's in front, for formats that know no spanning headings: `Accuracy (%) Δ`. */
export function columnTitles({ columns, spanners }: TableDocument): string[] {
  return columns.map(({ header }, at) => {
    const spanner = spanners.find(({ first, columns: width }) => at >= first && at < first + width)
    const own = plainText(header)
    if (!spanner) return own
    return own === 'Mean' ? plainText(spanner.header) : `${plainText(spanner.header)} ${own}`
  })
}
