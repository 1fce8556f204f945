import { formatCount } from '../../core/format-number.ts'
import { naturalCompare } from '../../core/metric-groups.ts'
import type { RecordKey } from '../../core/stored-record.ts'

/** What was logged beside numbers: histograms, images, text, console output. */
export function RecordKeysTable({ records }: { records: RecordKey[] }) {
  return (
    <section className="flex flex-col gap-2" data-testid="records-table">
      <h2 className="font-semibold">Records</h2>
      <div className="max-h-96 overflow-auto rounded border border-border">
        <table className="w-full min-w-[480px] text-sm">
          <thead className="sticky top-0 bg-surface text-xs text-muted">
            <tr className="h-8 text-right">
              <th className="px-3 text-left font-medium">Name</th>
              <th className="px-3 text-left font-medium">Kind</th>
              <th className="px-3 font-medium">n</th>
              <th className="px-3 font-medium">First step</th>
              <th className="px-3 font-medium">Last step</th>
            </tr>
          </thead>
          <tbody>
            {[...records]
              .sort((a, b) => naturalCompare(a.name, b.name))
              .map((record) => (
                <tr key={`${record.kind} ${record.name}`} className="h-7 border-t border-border text-right">
                  <td className="px-3 text-left [overflow-wrap:anywhere]">{record.name}</td>
                  <td className="px-3 text-left text-muted">{record.kind}</td>
                  <td className="num px-3">{formatCount(record.n)}</td>
                  <td className="num px-3">{formatCount(record.firstStep)}</td>
                  <td className="num px-3">{formatCount(record.lastStep)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
