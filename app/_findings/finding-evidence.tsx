import { formatCount, formatNumber } from '../../core/format-number.ts'
import { fromStoredNumber } from '../../core/stored-number.ts'
import { ConfigTree } from '../_run/config-tree.tsx'
import type { ShownFinding } from './shown-finding.ts'

/** The numbers a finding rests on: where they were read, and what they were held against. */
export function FindingEvidence({ finding }: { finding: ShownFinding }) {
  const { evidence, citation, facts } = finding.detail
  return (
    <div className="mt-1.5 flex flex-col gap-2 text-sm" data-testid="evidence">
      {evidence.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: evidence has no name, and its order is fixed
        <div key={at} className="overflow-x-auto rounded border border-border">
          <p className="border-b border-border bg-surface px-2 py-1 text-xs text-muted [overflow-wrap:anywhere]">
            <span className="font-medium text-text">{one.series ?? 'facts of the run'}</span>
            {', '}
            {one.fromStep === one.toStep ? `step ${formatCount(one.fromStep)}` : `steps ${formatCount(one.fromStep)} to ${formatCount(one.toStep)}`}
          </p>
          <table className="w-full">
            <tbody>
              {Object.entries(one.numbers).map(([name, value]) => {
                const limit = one.thresholds[name]
                return (
                  <tr key={name} className="border-t border-border first:border-t-0">
                    <th scope="row" className="px-2 py-0.5 text-left font-normal text-muted">
                      {name}
                    </th>
                    <td className="num px-2 py-0.5 text-right">{formatNumber(fromStoredNumber(value))}</td>
                    <td className="num px-2 py-0.5 text-right text-xs whitespace-nowrap text-faint">
                      {limit === undefined ? '' : `threshold ${formatNumber(fromStoredNumber(limit))}`}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      ))}
      {facts && Object.keys(facts).length > 0 ? (
        <div className="overflow-hidden rounded border border-border">
          <ConfigTree value={facts} depth={0} />
        </div>
      ) : null}
      {citation ? <p className="text-xs text-faint">After: {citation}.</p> : null}
    </div>
  )
}
